'use client';

import { Ellipsis, FolderKanban, Layers, PanelRightOpen } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { memo } from 'react';
import type { Container, ContainerUsage } from '@bailiwick/contract';
import { useLiveItem } from '../../lib/live-hooks.ts';
import type { LiveList } from '../../lib/live-list.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { cn } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { ContainerMenu } from '../containers/container-menu.tsx';
import { ContainerStatus } from '../containers/container-status.tsx';
import { PortLinks } from '../containers/port-links.tsx';
import type { PowerAction } from '../containers/power.rules.ts';
import { UsageCell } from '../metrics/usage-cell.tsx';
import { RefusalChip } from '../containers/refusal-chip.tsx';

export interface RowActions {
  choose: (id: string, range: boolean) => void;
  peek: (id: string) => void;
  ask: (action: PowerAction, container: Container) => void;
}

interface Props {
  initial: Container;
  list: LiveList<Container>;
  usage: LiveList<ContainerUsage>;
  index: number;
  chosen: boolean;
  peeked: boolean;
  environment: string | null;
  actions: RowActions;
  measure: (row: HTMLTableRowElement | null) => void;
}

const CELL = 'border-t border-line px-3 align-middle max-md:border-0 max-md:px-0';

/** One container: a row on a wide screen, a card of three lines on a small one. Renders anew only when it changes. */
export const ContainerRow = memo(function ContainerRow({
  initial,
  list,
  usage,
  index,
  chosen,
  peeked,
  environment,
  actions,
  measure,
}: Props) {
  const t = useTranslations('containers.row');
  const container = useLiveItem(list, initial.id, initial) ?? initial;
  const { id, name } = container;
  const unknown = container.status === 'unknown';
  return (
    <tr
      ref={measure}
      role="row"
      data-slot="container-row"
      data-index={index}
      data-id={id}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      data-peeked={peeked || undefined}
      className={cn(
        'group/row h-row hover:bg-surface-2 aria-selected:bg-surface-3 aria-selected:shadow-[inset_2px_0_0_var(--accent)] data-peeked:bg-surface-2 rtl:aria-selected:shadow-[inset_-2px_0_0_var(--accent)]',
        'max-md:grid max-md:h-auto max-md:grid-cols-[2.75rem_minmax(0,1fr)_auto] max-md:items-center max-md:gap-x-1 max-md:border-t max-md:border-line max-md:px-2 max-md:py-2 max-md:first:border-t-0',
      )}
    >
      <td role="cell" className={cn(CELL, 'w-10 pe-0 max-md:row-span-2 max-md:flex max-md:self-start max-md:pt-1')}>
        <label className="-m-2 flex w-8 items-center p-2">
          <span className="sr-only">{t('select', { name })}</span>
          <Checkbox
            checked={chosen}
            onChange={() => undefined}
            onClick={(event) => actions.choose(id, event.shiftKey)}
          />
        </label>
      </td>
      <td role="rowheader" className={cn(CELL, 'max-w-0 max-md:max-w-none')}>
        <span className="flex min-w-0 items-center gap-2">
          <Link
            href={`/containers/${id}`}
            prefetch={false}
            data-row-link
            translate="no"
            title={name}
            className={cn(
              'truncate font-medium hover:underline max-md:text-md touch:leading-8',
              unknown && 'text-fg-2',
            )}
          >
            {name}
          </Link>
          {container.stack !== null && (
            <span
              translate="no"
              title={container.stack}
              className="inline-flex min-w-0 items-center gap-1 rounded-sm bg-surface-2 px-1.5 text-xs text-fg-3 group-hover/row:bg-surface-3"
            >
              <Layers aria-hidden className="size-3 shrink-0" />
              <span className="truncate">{container.stack}</span>
            </span>
          )}
          {container.project !== null && (
            <span
              title={t('inProject', { name: container.project.name })}
              className="inline-flex min-w-0 items-center gap-1 rounded-sm bg-surface-2 px-1.5 text-xs text-fg-3 group-hover/row:bg-surface-3"
            >
              <FolderKanban aria-hidden className="size-3 shrink-0" />
              <span translate="no" className="truncate">
                {container.project.name}
              </span>
            </span>
          )}
        </span>
      </td>
      <td
        role="cell"
        className={cn(CELL, 'overflow-hidden has-[[role=alert]]:py-1 max-md:col-start-2 max-md:row-start-2')}
      >
        <span className="flex flex-wrap items-center gap-x-2">
          <ContainerStatus container={container} />
          <RefusalChip id={id} name={name} />
        </span>
      </td>
      <td role="cell" className={cn(CELL, 'text-xs text-fg-2 max-md:hidden @max-[62rem]:hidden')}>
        <UsageCell id={id} list={usage} />
      </td>
      <td
        role="cell"
        className={cn(CELL, 'max-w-0 max-md:col-start-2 max-md:row-start-3 max-md:max-w-none md:@max-[50rem]:hidden')}
      >
        <span translate="no" title={container.image} className="block truncate font-mono text-xs text-fg-2">
          {container.image}
        </span>
      </td>
      <td role="cell" className={cn(CELL, 'max-md:col-start-3 max-md:row-start-3 max-md:justify-self-end')}>
        <PortLinks ports={container.ports} />
      </td>
      {environment !== null && (
        <td role="cell" className={cn(CELL, 'truncate text-fg-2 max-md:hidden')} translate="no">
          {environment}
        </td>
      )}
      <td role="cell" className={cn(CELL, 'whitespace-nowrap text-fg-3 max-md:hidden @max-[62rem]:hidden')}>
        <TimeAgo at={container.createdAt} />
      </td>
      <td
        role="cell"
        className={cn(CELL, 'ps-0 max-md:col-start-3 max-md:row-span-2 max-md:row-start-1 max-md:self-start')}
      >
        <span className="flex justify-end">
          <IconButton
            label={t('peek', { name })}
            className="max-md:hidden"
            aria-pressed={peeked}
            onClick={() => actions.peek(id)}
          >
            <PanelRightOpen aria-hidden />
          </IconButton>
          <ContainerMenu container={container} onAsk={actions.ask}>
            <IconButton side="left" label={t('menu', { name })} data-row-menu>
              <Ellipsis aria-hidden />
            </IconButton>
          </ContainerMenu>
        </span>
      </td>
    </tr>
  );
});
