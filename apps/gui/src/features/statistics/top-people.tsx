import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import type { Statistics } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';

/** Drawn against the one who owns most. */
export function TopPeople({ people }: { people: Statistics['topPeople'] }) {
  const t = useTranslations('statistics');
  const locale = useLocale();
  const [first] = people;
  if (!first) return <p className="text-fg-2">{t('nobody')}</p>;
  return (
    <ol className="flex flex-col gap-2.5">
      {people.map(({ id, displayName, containers, running, memoryBytes }) => (
        <li key={id} data-person={id}>
          <span className="flex flex-wrap items-baseline gap-x-2 text-sm">
            <Link href={`/people/${id}`} translate="no" className="min-w-0 break-words hover:underline">
              {displayName}
            </Link>
            <span className="ms-auto text-xs text-fg-2 tabular-nums">
              {t('topValue', { containers, running, memory: formatBytes(memoryBytes, locale) })}
            </span>
          </span>
          <span aria-hidden className="mt-1 block h-1.5 overflow-hidden rounded-full bg-surface-3">
            <span
              className="block h-full rounded-full bg-accent"
              style={{ inlineSize: `${(containers / first.containers) * 100}%` }}
            />
          </span>
        </li>
      ))}
    </ol>
  );
}
