'use client';

import { useLocale, useTranslations } from 'next-intl';
import { memo } from 'react';
import type { FileEntry } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { CardCell, CardRow } from '../../ui/card-table.tsx';
import { cn } from '../../ui/class-names.ts';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { FileIcon } from './file-icon.tsx';
import { modeWords } from './file-order.rules.ts';

export interface FileRowProps {
  entry: FileEntry;
  index: number;
  /** Where it leads; null where it cannot be opened. */
  href: string | null;
  /** It is the one the Tab key comes to. */
  active: boolean;
  /** It is open beside the list. */
  open: boolean;
  narrow: boolean;
  measure: (row: HTMLTableRowElement | null) => void;
  onOpen: (entry: FileEntry) => void;
  onFocus: (name: string) => void;
}

/** One file: a row on a wide screen, a card on a small one. */
export const FileRow = memo(function FileRow(props: FileRowProps) {
  const { entry, index, open, narrow, measure } = props;
  const t = useTranslations('files.column');
  const locale = useLocale();
  const { name, kind, sizeBytes, modifiedAt, mode, owner } = entry;
  return (
    <CardRow
      ref={measure}
      data-index={index}
      data-name={name}
      aria-rowindex={index + 2}
      className={cn(
        open && 'bg-surface-3 shadow-[inset_2px_0_0_var(--accent)] rtl:shadow-[inset_-2px_0_0_var(--accent)]',
      )}
    >
      <CardCell place="lead" className="max-w-0 max-md:max-w-none">
        <FileName {...props} />
      </CardCell>
      <CardCell className="text-end text-fg-2 tabular-nums">
        {kind === 'file' ? formatBytes(sizeBytes, locale) : <span className="text-fg-3 max-md:hidden">–</span>}
      </CardCell>
      {!narrow && (
        <>
          <CardCell className="text-fg-2">
            <TimeAgo at={modifiedAt} />
          </CardCell>
          <CardCell label={t('mode')} className="font-mono text-xs text-fg-2" title={modeWords(mode)}>
            {mode}
          </CardCell>
          <CardCell label={t('owner')} translate="no" className="font-mono text-xs text-fg-2">
            {owner}
          </CardCell>
        </>
      )}
    </CardRow>
  );
});

function FileName({ entry, href, active, onOpen, onFocus }: FileRowProps) {
  const t = useTranslations('files');
  const { name, kind, target } = entry;
  const tabIndex = active ? 0 : -1;
  const shape = 'min-w-0 truncate rounded-sm max-md:text-md touch:leading-8';
  return (
    <span className="flex min-w-0 items-center gap-2">
      <FileIcon kind={kind} />
      <span className="sr-only">{t(`kind.${kind}`)}</span>
      {href === null ? (
        <span
          data-row-link
          tabIndex={tabIndex}
          translate="no"
          title={name}
          className={shape}
          onFocus={() => onFocus(name)}
        >
          {name}
        </span>
      ) : (
        <a
          href={href}
          data-row-link
          tabIndex={tabIndex}
          translate="no"
          title={name}
          className={cn(shape, 'hover:underline', kind === 'folder' && 'font-medium')}
          onFocus={() => onFocus(name)}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onOpen(entry);
          }}
        >
          {name}
        </a>
      )}
      {target !== undefined && (
        <span translate="no" title={target} className="min-w-0 truncate text-xs text-fg-3">
          <span aria-hidden>→ </span>
          <span className="sr-only">{t('leadsTo')} </span>
          {target}
        </span>
      )}
    </span>
  );
}
