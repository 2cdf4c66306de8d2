import { useTranslations } from 'next-intl';
import type { AccessRequest, AccessRequestState } from '@bailiwick/contract';
import type { StatusIcon } from '../../ui/badge.tsx';
import { useAccessWords } from '../access/access-words.ts';
import { toSpan } from './duration.rules.ts';

export const STATE_ICONS: Record<AccessRequestState, StatusIcon> = {
  pending: 'busy',
  approved: 'good',
  denied: 'bad',
  withdrawn: 'off',
  expired: 'off',
};

/** What people read about a request. */
export function useRequestWords() {
  const t = useTranslations('accessRequests');
  const words = useAccessWords();
  const duration = (durationMs: number | null): string => {
    if (durationMs === null) return t('noEnd');
    const { unit, count } = toSpan(durationMs);
    return t(unit, { count });
  };
  const thing = ({ target, targetName }: Pick<AccessRequest, 'target' | 'targetName'>): string =>
    words.thing(target.kind, targetName ?? target.id);
  return { duration, thing, names: words.names };
}
