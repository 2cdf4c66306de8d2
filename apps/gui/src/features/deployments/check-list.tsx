'use client';

import { useTranslations } from 'next-intl';
import type { ReviewCheck } from '@bailiwick/contract';
import { StatusBadge, type StatusIcon } from '../../ui/badge.tsx';

const OUTCOMES: Record<ReviewCheck['outcome'], StatusIcon> = {
  ok: 'good',
  warning: 'warning',
  blocked: 'bad',
};

interface Props {
  checks: readonly ReviewCheck[];
  toWords: (check: ReviewCheck) => string;
}

/** Every check with its outcome, as a sentence. */
export function CheckList({ checks, toWords }: Props) {
  const t = useTranslations('deploy');
  return (
    <ul className="flex flex-col gap-2.5">
      {checks.map((check) => (
        <li key={check.check} data-slot="deploy-check" data-check={check.check} data-outcome={check.outcome}>
          <StatusBadge icon={OUTCOMES[check.outcome]} className="items-start whitespace-normal [&>svg]:mt-1">
            <span className="sr-only">{t(`outcome.${check.outcome}`)}: </span>
            <span className="text-fg">{toWords(check)}</span>
          </StatusBadge>
        </li>
      ))}
    </ul>
  );
}
