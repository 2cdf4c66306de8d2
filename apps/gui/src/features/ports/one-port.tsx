import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { PortList } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { EmptyState } from '../../ui/face.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { Failure } from '../shell/failure.tsx';
import { PortTable } from './port-table.tsx';

/** Who has this one; the host itself is asked as well. */
export function OnePort({ port }: { port: number }) {
  const t = useTranslations('ports');
  const { data, error, refetch } = useQuery({
    queryKey: ['ports', port],
    queryFn: ({ signal }) => api<PortList>('GET', `/ports?port=${port}`, { signal }),
    staleTime: 0,
  });
  if (error instanceof ApiError && data === undefined)
    return <Failure level="part" error={error.envelope} onRetry={() => void refetch()} />;
  if (data === undefined)
    return (
      <Loading label={t('asking')} className="flex flex-col gap-2">
        <Skeleton className="h-9" />
      </Loading>
    );
  if (data.items.length > 0) return <PortTable ports={data.items} />;
  return (
    <EmptyState icon={CircleCheck} title={t('free', { port: String(port) })}>
      <p>{t('freeText')}</p>
    </EmptyState>
  );
}
