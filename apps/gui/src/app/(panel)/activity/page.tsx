import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OperationList } from '@bailiwick/contract';
import { ActivityList } from '../../../features/operations/activity-list.tsx';
import { readActivityFilter } from '../../../features/operations/operation.rules.ts';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore } from '../../../lib/core.ts';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operations'))('title') };
}

export default async function ActivityPage({ searchParams }: Props) {
  const { state, cursor } = await searchParams;
  const filter = readActivityFilter(state);
  const query = new URLSearchParams();
  if (filter !== 'all') query.set('state', filter);
  if (typeof cursor === 'string') query.set('cursor', cursor);
  const operations = await readCore(`/operations?${query}`, OperationList);
  if (!operations.ok) return <Failure error={operations.error} />;
  const { items, nextCursor } = operations.value;
  return (
    <ActivityList
      // Each filter and page is a list of its own.
      key={query.toString()}
      initial={items}
      filter={filter}
      olderHref={nextCursor === undefined ? null : olderHref(filter, nextCursor)}
    />
  );
}

function olderHref(filter: string, cursor: string): string {
  const query = new URLSearchParams({ ...(filter === 'all' ? {} : { state: filter }), cursor });
  return `/activity?${query}`;
}
