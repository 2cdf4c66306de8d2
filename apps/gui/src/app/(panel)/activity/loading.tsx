import { useTranslations } from 'next-intl';
import { Loading, Skeleton } from '../../../ui/skeleton.tsx';

export default function ActivityLoading() {
  const t = useTranslations('common');
  return (
    <Loading label={t('loading')}>
      <Skeleton className="mb-5 h-7 w-36" />
      <Skeleton className="mb-4 h-9 w-72 max-w-full" />
      <div className="rounded-lg border border-line bg-surface-1">
        <div className="h-8 rounded-t-lg bg-surface-2" />
        {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((row) => (
          <div key={row} className="flex h-row items-center border-t border-line px-3">
            <Skeleton className="h-3.5 w-3/4" />
          </div>
        ))}
      </div>
    </Loading>
  );
}
