'use client';

import { useQuery } from '@tanstack/react-query';
import { Network } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { PortList } from '@bailiwick/contract';
import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { OnePort } from './one-port.tsx';
import { readPortSearch, selectPorts } from './port-search.rules.ts';
import { PortTable } from './port-table.tsx';
import { StaleNotice } from '../shell/stale-notice.tsx';

/** Who has which port of the host. */
export function PortsPage({ initial }: { initial: PortList }) {
  const t = useTranslations('ports');
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['ports', 'all'],
    queryFn: ({ signal }) => api<PortList>('GET', '/ports', { signal }),
    initialData: initial,
    refetchOnWindowFocus: 'always',
  });
  const q = (useAddressQuery().get('q') ?? '').slice(0, 200);
  const search = readPortSearch(q);
  const show = (text: string) =>
    changeAddress(`${window.location.pathname}${text === '' ? '' : `?${new URLSearchParams({ q: text })}`}`);
  const found = search.kind === 'words' ? selectPorts(data.items, search.words) : data.items;
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={<span className="text-fg-3 tabular-nums">{t('count', { count: data.items.length })}</span>}
        description={t('text')}
      />
      {error instanceof ApiError && (
        <StaleNotice error={error} title={t('stale')} busy={isFetching} onRetry={() => void refetch()} />
      )}
      <form
        action="/ports"
        role="search"
        aria-label={t('filter.label')}
        className="mb-3 flex flex-wrap items-center gap-2"
        onSubmit={(event) => event.preventDefault()}
      >
        <SearchField label={t('filter.search')} placeholder={t('filter.search')} value={q} onSearch={show} />
      </form>
      {search.kind === 'port' && <OnePort port={search.port} />}
      {search.kind === 'system' && (
        <EmptyState icon={Network} title={t('system')}>
          <p>{t('systemText')}</p>
        </EmptyState>
      )}
      {(search.kind === 'all' || search.kind === 'words') &&
        (found.length > 0 ? (
          <PortTable ports={found} />
        ) : search.kind === 'words' ? (
          <EmptyState
            icon={Network}
            title={t('empty.filteredTitle')}
            actions={<Button onClick={() => show('')}>{t('filter.clear')}</Button>}
          />
        ) : (
          <EmptyState icon={Network} title={t('empty.title')}>
            <p>{t('empty.text')}</p>
          </EmptyState>
        ))}
    </>
  );
}
