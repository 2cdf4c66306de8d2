import { useTranslations } from 'next-intl';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';

const CARDS = 2;
const LINES = 6;

/** The layout of a page of cards before its data is there. */
export function CardSkeletons() {
  const t = useTranslations('common');
  return (
    <Loading label={t('loading')}>
      <Skeleton className="mb-6 h-7 w-48" />
      <div className="grid gap-4 xl:grid-cols-2">
        {Array.from({ length: CARDS }, (_, card) => (
          <div key={card} className="flex flex-col gap-3 rounded-lg border border-line bg-surface-1 p-4">
            {Array.from({ length: LINES }, (_line, line) => (
              <Skeleton key={line} className={line === 0 ? 'w-1/3' : undefined} />
            ))}
          </div>
        ))}
      </div>
    </Loading>
  );
}
