'use client';

import { FolderSearch, Puzzle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Plugin } from '@bailiwick/contract';
import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { useFollowed } from '../../lib/live-hooks.ts';
import { Button } from '../../ui/button.tsx';
import { CardHead, CardTable } from '../../ui/card-table.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useMay } from '../identity/me.tsx';
import {
  EVERY_PLUGIN,
  filterCount,
  type PluginsView,
  readPluginsView,
  selectPlugins,
  writePluginsView,
} from './plugin.rules.ts';
import { PluginRow } from './plugin-row.tsx';
import { PluginsFilter } from './plugins-filter.tsx';
import { usePluginKeys } from './use-plugin-keys.ts';
import { useRescan } from './use-rescan.ts';

const FOLDER = 'storage/plugins/installed/';
const PAPERS = { paper: 'docs/plugins.md', authors: 'docs/PLUGIN_API.md' };

/** The plugins of this installation, and what each waits for. */
export function PluginsPage({ initial }: { initial: readonly Plugin[] }) {
  const t = useTranslations('plugins');
  const plugins = useFollowed('plugins', initial);
  const query = useAddressQuery();
  const view = useMemo(() => readPluginsView(query), [query]);
  const show = (next: PluginsView, how: 'replace' | 'push' = 'replace') =>
    changeAddress(`${window.location.pathname}${writePluginsView(next)}`, how);
  const shown = selectPlugins(plugins, view);
  const mayManage = useMay('plugins.manage');
  const { mutate, isPending } = useRescan(plugins);
  usePluginKeys(shown);
  const look = mayManage && (
    <Button look={plugins.length === 0 ? 'primary' : 'secondary'} loading={isPending} onClick={() => mutate()}>
      <FolderSearch aria-hidden />
      {t('look')}
    </Button>
  );
  if (plugins.length === 0)
    return (
      <>
        <PageHeader title={t('title')} description={t('text')} />
        <EmptyState icon={Puzzle} title={t('empty.title')} actions={look}>
          <p>{t('empty.text', { folder: FOLDER })}</p>
          <p>{t('empty.paper', PAPERS)}</p>
        </EmptyState>
      </>
    );
  const count = filterCount(view);
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={<span className="text-fg-3 tabular-nums">{t('count', { count: plugins.length })}</span>}
        description={t('text')}
        actions={look}
      />
      <PluginsFilter view={view} shown={shown.length} total={plugins.length} onShow={show} />
      <CardTable
        caption={t('caption')}
        head={
          <>
            <CardHead className="w-[34%]">{t('column.name')}</CardHead>
            <CardHead>{t('column.status')}</CardHead>
            <CardHead>{t('column.version')}</CardHead>
            <CardHead className="@max-[56rem]:hidden">{t('column.source')}</CardHead>
            <CardHead className="text-end">{t('column.memory')}</CardHead>
            <CardHead className="text-end">{t('column.restarts')}</CardHead>
          </>
        }
      >
        {shown.map((plugin) => (
          <PluginRow key={plugin.id} plugin={plugin} />
        ))}
      </CardTable>
      {shown.length === 0 && (
        <EmptyState
          icon={Puzzle}
          title={t('empty.filtered', { count })}
          actions={<Button onClick={() => show(EVERY_PLUGIN, 'push')}>{t('filter.clear', { count })}</Button>}
        />
      )}
    </>
  );
}
