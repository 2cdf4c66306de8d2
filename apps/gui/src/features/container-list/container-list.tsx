'use client';

import { ArrowDownUp, Box, LayoutGrid, Rocket } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Container, Environment } from '@bailiwick/contract';
import { useLiveItems, useLiveList, useLiveStatus } from '../../lib/live-hooks.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { usePower } from '../containers/use-power.tsx';
import { EngineBanners } from '../containers/engine-banners.tsx';
import { useMay } from '../identity/me.tsx';
import { AddToProject } from '../projects/add-to-project.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { ContainerFilter } from './container-filter.tsx';
import { ContainerPeek } from './container-peek.tsx';
import type { RowActions } from './container-row.tsx';
import { ContainerTable } from './container-table.tsx';
import { filterCount, PLAIN_VIEW, projectsIn, turnSort } from './container-view.rules.ts';
import { useBulk } from './use-bulk.tsx';
import { useContainerView } from './use-container-view.ts';
import { useListKeys } from './use-list-keys.ts';
import { useOrder } from './use-order.ts';
import { useSelection } from './use-selection.ts';

interface Props {
  /** The first rows as the server saw them; the live list brings the rest. */
  initial: readonly Container[];
  /** How many there are in all. */
  total: number;
  environments: readonly Environment[];
}

/** All containers a person may see: found, judged, acted on. */
export function ContainerList({ initial, total, environments: initialEnvironments }: Props) {
  const t = useTranslations('containers');
  const list = useLiveList('containers', initial);
  const live = useLiveItems(list, initial);
  // Until the first snapshot the live list may hold less than the page was rendered with.
  const known = list.since !== null;
  const containers = known ? live : initial;
  const environments = useLiveItems(useLiveList('environments', initialEnvironments), initialEnvironments);
  const stale = useLiveStatus().state === 'stale';
  const { view, show } = useContainerView();
  const selection = useSelection();
  const order = useOrder(containers, view, selection.ids.size > 0);
  const power = usePower(list);
  const bulk = useBulk(list);
  const scroller = useRef<((index: number) => void) | null>(null);
  const [moving, setMoving] = useState<readonly Container[] | null>(null);
  const mayDeploy = useMay('containers.create');

  const ids = order.rows.map(({ id }) => id);
  const shown = new Set(ids);
  const isChosen = ({ id }: Container) => selection.ids.has(id);
  const hidden = containers.filter((container) => isChosen(container) && !shown.has(container.id));
  // In the order of the screen, then what the filters hide.
  const chosen = [...order.rows.filter(isChosen), ...hidden];
  const all = known ? containers.length : total;

  const latest = useRef({ ids, view, ask: power.ask });
  useEffect(() => {
    latest.current = { ids, view, ask: power.ask };
  });
  const { extend, toggle } = selection;
  const actions = useMemo<RowActions>(
    () => ({
      choose: (id, range) => (range ? extend(id, latest.current.ids) : toggle(id)),
      peek: (id) => {
        const { view: now } = latest.current;
        show({ ...now, peek: now.peek === id ? '' : id });
      },
      ask: (action, container) => latest.current.ask(action, container),
    }),
    [extend, toggle, show],
  );
  useListKeys({ rows: order.rows, actions, scroller, onChooseAll: () => selection.replace(ids) });

  const header = (
    <PageHeader
      title={t('title')}
      aside={<span className="text-fg-3 tabular-nums">{t('count', { count: all })}</span>}
      actions={
        mayDeploy &&
        all > 0 && (
          <Button asChild look="primary">
            <Link href="/catalogue">
              <Rocket aria-hidden />
              {t('deploy')}
            </Link>
          </Button>
        )
      }
    />
  );
  if (all === 0) {
    return (
      <>
        {header}
        <EngineBanners environments={environments} />
        <NothingYet mayDeploy={mayDeploy} />
      </>
    );
  }
  return (
    <>
      {header}
      <EngineBanners environments={environments} />
      <ContainerFilter
        view={view}
        environments={environments}
        owners={ownersOf(containers)}
        projects={projectsIn(containers)}
        shown={order.rows.length}
        total={all}
        onShow={show}
      />
      <div data-stale={stale || undefined} className="group/live flex items-start gap-4">
        <div className="min-w-0 grow">
          {order.changed && <OrderChanged onApply={order.apply} />}
          <ContainerTable
            rows={order.rows}
            list={list}
            view={view}
            chosen={selection.ids}
            environments={environments}
            actions={actions}
            scrollerRef={scroller}
            onSort={(key) => show({ ...view, sort: turnSort(view.sort, key) }, 'push')}
            onChooseAll={(every) => (every ? selection.replace(ids) : selection.clear())}
            onPointing={(pointing) => (pointing ? order.hold() : order.release())}
            empty={
              <NothingMatches
                count={filterCount(view)}
                onClear={() => show({ ...PLAIN_VIEW, sort: view.sort }, 'push')}
              />
            }
          />
          <BulkBar
            chosen={chosen}
            hidden={hidden.length}
            onPlan={bulk.start}
            onProject={setMoving}
            onClear={selection.clear}
          />
        </div>
        {view.peek !== '' && (
          <ContainerPeek
            key={view.peek}
            id={view.peek}
            list={list}
            initial={initial.find(({ id }) => id === view.peek)}
            onAsk={power.ask}
            onClose={() => show({ ...view, peek: '' })}
          />
        )}
      </div>
      {power.dialog}
      {bulk.dialog}
      {moving !== null && <AddToProject containers={moving} onClose={() => setMoving(null)} />}
    </>
  );
}

/** Everybody a container is of, by name. */
function ownersOf(containers: readonly Container[]) {
  const byId = new Map(containers.flatMap(({ owner }) => (owner ? [[owner.id, owner] as const] : [])));
  return [...byId.values()].sort((one, other) => one.displayName.localeCompare(other.displayName));
}

function OrderChanged({ onApply }: { onApply: () => void }) {
  const t = useTranslations('containers.order');
  return (
    <p className="mb-2 flex items-center gap-2 text-fg-2" role="status">
      <ArrowDownUp aria-hidden className="size-4" />
      {t('changed')}
      <Button size="small" onClick={onApply}>
        {t('apply')}
      </Button>
    </p>
  );
}

function NothingMatches({ count, onClear }: { count: number; onClear: () => void }) {
  const t = useTranslations('containers');
  return (
    <EmptyState
      icon={Box}
      title={t('empty.filteredTitle', { count })}
      actions={<Button onClick={onClear}>{t('filter.clear', { count })}</Button>}
    />
  );
}

function NothingYet({ mayDeploy }: { mayDeploy: boolean }) {
  const t = useTranslations('containers.empty');
  if (!mayDeploy) {
    return (
      <EmptyState icon={Box} title={t('sharedTitle')}>
        <p>{t('sharedText')}</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Box}
      title={t('title')}
      actions={
        <Button asChild look="primary">
          <Link href="/catalogue">
            <LayoutGrid aria-hidden />
            {t('deploy')}
          </Link>
        </Button>
      }
    >
      <p>{t('text')}</p>
    </EmptyState>
  );
}
