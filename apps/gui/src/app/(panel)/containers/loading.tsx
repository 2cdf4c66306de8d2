import { useTranslations } from 'next-intl';
import { Loading, Skeleton } from '../../../ui/skeleton.tsx';

export default function ContainersLoading() {
  const t = useTranslations('common');
  return (
    <Loading label={t('loading')}>
      <Skeleton className="mb-5 h-7 w-44" />
      <Skeleton className="mb-3 h-control w-80 max-w-full" />
      <div className="rounded-lg border border-line bg-surface-1">
        <div className="h-8 rounded-t-lg bg-surface-2" />
        {['88%', '72%', '80%', '64%', '76%', '84%', '68%', '78%'].map((width) => (
          <div key={width} className="flex h-row items-center border-t border-line px-3">
            <Skeleton className="h-3.5" style={{ width }} />
          </div>
        ))}
      </div>
    </Loading>
  );
}
