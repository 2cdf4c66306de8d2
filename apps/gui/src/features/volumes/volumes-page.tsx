'use client';

import { HardDrive, X } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type Tenant, type Volume, type VolumeList, VolumeState } from '@bailiwick/contract';
import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { ActionsHead, CardHead, CardTable } from '../../ui/card-table.tsx';
import { RowGap, useDrawnRows } from '../../ui/drawn-rows.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { Select } from '../../ui/input.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { DeleteVolume } from './delete-volume.tsx';
import { useVolumes } from './volume-queries.ts';
import { VolumeRow } from './volume-row.tsx';
import {
  ALL_VOLUMES,
  filterCount,
  readVolumeView,
  selectVolumes,
  type VolumeView,
  writeVolumeView,
} from './volume-view.rules.ts';
import { StaleNotice } from '../shell/stale-notice.tsx';
import { TenantChoice } from '../tenants/tenant-choice.tsx';

interface Props {
  initial: VolumeList;
  /** Empty for who may not see tenants: theirs is the one. */
  tenants: readonly Tenant[];
}

type Show = (view: VolumeView, how?: 'replace' | 'push') => void;

/** What containers keep, also when they are gone. */
export function VolumesPage({ initial, tenants }: Props) {
  const t = useTranslations('volumes');
  const { data, error, refetch, isFetching } = useVolumes(initial);
  const view = readVolumeView(useAddressQuery());
  const [deleting, setDeleting] = useState<Volume | null>(null);
  const show: Show = (next, how = 'replace') =>
    changeAddress(`${window.location.pathname}${writeVolumeView(next)}`, how);
  const volumes = selectVolumes(data.items, view);
  const names = new Map(tenants.map(({ id, name }) => [id, name]));
  const several = tenants.length > 1;
  const columns = several ? 7 : 6;
  const { drawn, before, after, measure, bodyRef } = useDrawnRows(volumes.length);
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
      {data.items.length === 0 ? (
        <EmptyState
          icon={HardDrive}
          title={t('empty.title')}
          actions={
            <Button asChild>
              <Link href="/catalogue">{t('empty.deploy')}</Link>
            </Button>
          }
        >
          <p>{t('empty.text')}</p>
        </EmptyState>
      ) : (
        <>
          <Filter view={view} tenants={tenants} shown={volumes.length} total={data.items.length} onShow={show} />
          <CardTable
            caption={t('caption')}
            aria-rowcount={volumes.length + 1}
            className="table-fixed"
            bodyRef={bodyRef}
            head={
              <>
                <CardHead className="w-[34%]">{t('column.name')}</CardHead>
                <CardHead>{t('column.use')}</CardHead>
                <CardHead>{t('column.owner')}</CardHead>
                {several && <CardHead>{t('column.tenant')}</CardHead>}
                <CardHead>{t('column.created')}</CardHead>
                <CardHead className="text-end">{t('column.size')}</CardHead>
                <ActionsHead label={t('column.actions')} />
              </>
            }
          >
            <RowGap height={before} columns={columns} />
            {drawn.map((index) => {
              const volume = volumes[index];
              return (
                volume && (
                  <VolumeRow
                    key={volume.id}
                    volume={volume}
                    index={index}
                    measure={measure}
                    tenant={several ? (names.get(volume.tenantId) ?? '') : null}
                    onDelete={() => setDeleting(volume)}
                  />
                )
              );
            })}
            <RowGap height={after} columns={columns} />
            {volumes.length === 0 && (
              <tr role="row" className="max-md:block">
                <td role="cell" colSpan={columns} className="border-t border-line max-md:block">
                  <EmptyState
                    icon={HardDrive}
                    title={t('empty.filteredTitle', { count: filterCount(view) })}
                    actions={
                      <Button onClick={() => show(ALL_VOLUMES, 'push')}>
                        {t('filter.clear', { count: filterCount(view) })}
                      </Button>
                    }
                  />
                </td>
              </tr>
            )}
          </CardTable>
        </>
      )}
      {deleting && <DeleteVolume volume={deleting} onClose={() => setDeleting(null)} />}
    </>
  );
}

interface FilterProps {
  view: VolumeView;
  tenants: readonly Tenant[];
  shown: number;
  total: number;
  onShow: Show;
}

function Filter({ view, tenants, shown, total, onShow }: FilterProps) {
  const t = useTranslations('volumes.filter');
  const count = filterCount(view);
  return (
    <form
      action="/volumes"
      role="search"
      aria-label={t('label')}
      className="mb-3 flex flex-wrap items-center gap-2"
      onSubmit={(event) => event.preventDefault()}
    >
      <SearchField
        label={t('search')}
        placeholder={t('search')}
        value={view.q}
        onSearch={(q) => onShow({ ...view, q })}
      />
      <label>
        <span className="sr-only">{t('state')}</span>
        <Select
          name="state"
          value={view.state}
          className="w-auto"
          onChange={({ target }) => onShow({ ...view, state: VolumeState.safeParse(target.value).data ?? '' }, 'push')}
        >
          <option value="">{t('all')}</option>
          {VolumeState.options.map((state) => (
            <option key={state} value={state}>
              {t(state)}
            </option>
          ))}
        </Select>
      </label>
      <TenantChoice
        tenants={tenants}
        by="id"
        value={view.tenant}
        onChoose={(tenant) => onShow({ ...view, tenant }, 'push')}
      />
      {count > 0 && (
        <>
          <span role="status" className="text-fg-3 tabular-nums">
            {t('shown', { shown, total })}
          </span>
          <Button look="ghost" onClick={() => onShow(ALL_VOLUMES, 'push')}>
            <X aria-hidden />
            {t('clear', { count })}
          </Button>
        </>
      )}
    </form>
  );
}
