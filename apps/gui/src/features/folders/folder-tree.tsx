'use client';

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight, Folder, FolderOpen, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ContainerId } from '@bailiwick/contract';
import { cn } from '../../ui/class-names.ts';
import { treeMove, type TreeRow, treeRows, wayTo } from './folder-tree.rules.ts';
import { useFolders } from './use-folders.ts';

const ROW_PX = 28;
const INDENT_PX = 14;

interface Props {
  id: ContainerId;
  roots: readonly string[];
  /** The folder that is listed. */
  path: string;
  dotFiles: boolean;
  onGo: (path: string) => void;
}

/** The folders of a container, read as far as somebody opens them. */
export function FolderTree({ id, roots, path, dotFiles, onGo }: Props) {
  const t = useTranslations('folders');
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(wayTo(path, roots)));
  const [shown, setShown] = useState(path);
  const [active, setActive] = useState(path);
  if (shown !== path) {
    setShown(path);
    setActive(path);
    setOpen(new Set([...open, ...wayTo(path, roots)]));
  }
  const known = useFolders(id, [...open], dotFiles);
  const rows = treeRows(roots, open, known);
  const at = Math.max(
    0,
    rows.findIndex((row) => row.path === active),
  );
  // What it answers is taken anew on every render and kept nowhere.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.path ?? index,
    overscan: 20,
    // The row the keyboard is on is never lost.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), at])].sort((one, other) => one - other),
    initialRect: { width: 240, height: 600 },
  });
  const turn = (row: TreeRow, to = row.state === 'closed') => {
    const next = new Set(open);
    if (to) next.add(row.path);
    else next.delete(row.path);
    setOpen(next);
  };
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    box.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(wanted)}"]`)?.focus();
    setWanted(null);
  }, [wanted]);
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at];
    if (row === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const move = treeMove(event.key, rows, at);
    if (event.key === 'Enter' || event.key === ' ') onGo(row.path);
    else if (move === null) return;
    else if ('open' in move) turn(row, move.open);
    else {
      const to = rows[move.to]?.path ?? row.path;
      virtualizer.scrollToIndex(move.to, { align: 'auto' });
      setActive(to);
      setWanted(to);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={box}
      role="tree"
      aria-label={t('label')}
      data-slot="folder-tree"
      onKeyDown={onKeyDown}
      className="sticky top-15 h-[calc(100dvh-21rem)] min-h-112 overflow-auto rounded-lg border border-line bg-surface-1 py-1"
    >
      <div role="none" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <TreeItem
                key={row.path}
                row={row}
                top={start}
                current={row.path === path}
                reached={index === at}
                onFocus={() => setActive(row.path)}
                onTurn={() => turn(row)}
                onGo={() => onGo(row.path)}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

interface ItemProps {
  row: TreeRow;
  top: number;
  current: boolean;
  /** The Tab key comes to it. */
  reached: boolean;
  onFocus: () => void;
  onTurn: () => void;
  onGo: () => void;
}

function TreeItem({ row, top, current, reached, onFocus, onTurn, onGo }: ItemProps) {
  const t = useTranslations('folders');
  const { path, name, level, position, siblings, state } = row;
  const Icon = state === 'open' ? FolderOpen : Folder;
  return (
    <div
      role="treeitem"
      data-path={path}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={current}
      {...(state === 'leaf' ? {} : { 'aria-expanded': state !== 'closed' })}
      {...(state === 'failed' ? { 'aria-label': t('failed', { name }) } : {})}
      aria-busy={state === 'loading' || undefined}
      tabIndex={reached ? 0 : -1}
      title={path}
      onFocus={onFocus}
      onClick={onGo}
      className={cn(
        'absolute inset-x-0 flex h-7 cursor-pointer items-center gap-1 pe-2 text-sm hover:bg-surface-2 focus-visible:-outline-offset-2',
        current && 'bg-surface-3 font-medium',
      )}
      style={{ top, paddingInlineStart: (level - 1) * INDENT_PX + 4 }}
    >
      <span
        aria-hidden
        className="flex size-6 shrink-0 items-center justify-center rounded-sm text-fg-3 hover:bg-surface-3"
        onClick={(event) => {
          event.stopPropagation();
          onTurn();
        }}
      >
        {state !== 'leaf' && (
          <ChevronRight
            className={cn(
              'size-3.5 rtl:rotate-180',
              state !== 'closed' && 'rotate-90 rtl:rotate-90',
              state === 'loading' && 'animate-pulse',
            )}
          />
        )}
      </span>
      {state === 'failed' ? (
        <TriangleAlert aria-hidden className="size-4 shrink-0 text-warning" />
      ) : (
        <Icon aria-hidden className="size-4 shrink-0 text-accent-text" />
      )}
      <span translate="no" className="min-w-0 truncate">
        {name}
      </span>
    </div>
  );
}
