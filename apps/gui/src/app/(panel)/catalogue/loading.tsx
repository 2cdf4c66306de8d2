import { useTranslations } from 'next-intl';
import { Loading, Skeleton } from '../../../ui/skeleton.tsx';

export default function CatalogueLoading() {
  const t = useTranslations('common');
  return (
    <Loading label={t('loading')}>
      <Skeleton className="mb-5 h-7 w-40" />
      <Skeleton className="mb-4 h-control w-80 max-w-full" />
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(18rem,100%),1fr))] gap-3">
        {['a', 'b', 'c', 'd', 'e', 'f'].map((card) => (
          <Skeleton key={card} className="h-40 rounded-lg" />
        ))}
      </div>
    </Loading>
  );
}
