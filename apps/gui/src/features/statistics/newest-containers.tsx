import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { Statistics } from '@bailiwick/contract';
import { TimeAgo } from '../../ui/time-ago.tsx';

/** What came last, the youngest first. */
export function NewestContainers({ newest }: { newest: Statistics['newest'] }) {
  const t = useTranslations('statistics');
  if (newest.length === 0) return <p className="text-fg-2">{t('nothing')}</p>;
  return (
    <ol className="divide-y divide-line">
      {newest.map(({ id, name, owner, createdAt }) => (
        <li key={id} data-newest={name} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
          <Link href={`/containers/${id}`} translate="no" className="min-w-0 break-words hover:underline">
            {name}
          </Link>
          {owner !== null && (
            <span translate="no" className="text-xs text-fg-2">
              {owner.displayName}
            </span>
          )}
          <TimeAgo at={createdAt} className="ms-auto text-xs text-fg-3" />
        </li>
      ))}
    </ol>
  );
}
