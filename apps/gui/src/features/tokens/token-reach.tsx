'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { TokenCapability } from '@bailiwick/contract';
import { useNow } from '../../ui/clock.ts';
import { useCapabilityWords } from '../access/capability-words.ts';
import { type Reachable, splitByTargets } from './token.rules.ts';
import { useScopeLines } from './token-words.ts';

const DAY_MS = 86_400_000;

interface Props {
  capabilities: readonly TokenCapability[];
  targets: readonly Reachable[] | null;
  expiresInDays: number;
  grave: boolean;
}

/** What the token will be able to do, in words, before it is made. */
export function TokenReach({ capabilities, targets, expiresInDays, grave }: Props) {
  const t = useTranslations('tokens.reach');
  const { noun: toNoun } = useCapabilityWords();
  const toLines = useScopeLines();
  const locale = useLocale();
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const until = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(
    useNow(60_000) + expiresInDays * DAY_MS,
  );
  const { within, beyond } = targets === null ? { within: capabilities, beyond: [] } : splitByTargets(capabilities);
  const named = (kind: Reachable['kind']) =>
    list.format((targets ?? []).filter((thing) => thing.kind === kind).map(({ name }) => name));
  const [containers, tenants] = [named('container'), named('tenant')];
  const lines = [
    ...toLines(within),
    ...(targets === null ? [t('everything')] : []),
    ...(containers === '' ? [] : [t('containers', { names: containers })]),
    ...(tenants === '' ? [] : [t('tenants', { names: tenants })]),
    ...(beyond.length === 0 ? [] : [t('beyond', { nouns: list.format(beyond.map(toNoun)) })]),
    ...(grave ? [t('grave')] : []),
    t('until', { date: until }),
  ];
  return (
    <section aria-live="polite" aria-label={t('title')} className="rounded-lg bg-inset p-3">
      <p className="text-sm font-medium">{t('title')}</p>
      {capabilities.length === 0 || targets?.length === 0 ? (
        <p className="text-sm text-fg-2">{t('nothing')}</p>
      ) : (
        <ul className="mt-1 list-disc ps-5 text-sm text-fg-2">
          {lines.map((line) => (
            <li key={line} className="break-words">
              {line}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
