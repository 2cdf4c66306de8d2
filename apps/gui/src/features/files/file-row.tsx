'use client';

import { Ellipsis } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { memo, useState } from 'react';
import type { FileEntry } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { CardCell, CardRow } from '../../ui/card-table.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { cn } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Input } from '../../ui/input.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { isFileName } from './file-acts.rules.ts';
import { FileIcon } from './file-icon.tsx';
import { modeWords } from './file-order.rules.ts';

export interface RowActs {
  open: (entry: FileEntry) => void;
  focus: (name: string) => void;
  choose: (name: string, range: boolean) => void;
  menu: (entry: FileEntry, x: number, y: number) => void;
  rename: (entry: FileEntry, to: string) => void;
  stopRenaming: () => void;
}

export interface FileRowProps {
  entry: FileEntry;
  index: number;
  /** Where it leads; null where it cannot be opened. */
  href: string | null;
  /** It is the one the Tab key comes to. */
  active: boolean;
  /** It is open beside the list. */
  open: boolean;
  chosen: boolean;
  /** It is being called something else. */
  renaming: boolean;
  narrow: boolean;
  measure: (row: HTMLTableRowElement | null) => void;
  acts: RowActs;
}

/** One file: a row on a wide screen, a card on a small one. */
export const FileRow = memo(function FileRow(props: FileRowProps) {
  const { entry, index, active, open, chosen, narrow, measure, acts } = props;
  const t = useTranslations('files');
  const locale = useLocale();
  const { name, kind, sizeBytes, modifiedAt, mode, owner } = entry;
  return (
    <CardRow
      ref={measure}
      data-index={index}
      data-name={name}
      aria-rowindex={index + 2}
      aria-selected={chosen}
      className={cn(
        'aria-selected:bg-surface-3',
        open && 'bg-surface-3 shadow-[inset_2px_0_0_var(--accent)] rtl:shadow-[inset_-2px_0_0_var(--accent)]',
      )}
      onContextMenu={(event) => {
        event.preventDefault();
        acts.menu(entry, event.clientX, event.clientY);
      }}
    >
      <CardCell place="lead" className="max-w-0 max-md:max-w-none">
        <span className="flex min-w-0 items-center gap-2">
          <label className="-m-2 flex shrink-0 items-center p-2">
            <span className="sr-only">{t('bulk.choose', { name })}</span>
            <Checkbox
              checked={chosen}
              tabIndex={active ? 0 : -1}
              onChange={() => undefined}
              onClick={(event) => acts.choose(name, event.shiftKey)}
            />
          </label>
          <FileIcon kind={kind} />
          <span className="sr-only">{t(`kind.${kind}`)}</span>
          <FileName {...props} />
        </span>
      </CardCell>
      <CardCell className={cn('text-end text-fg-2 tabular-nums', kind !== 'file' && 'text-fg-3 max-md:hidden')}>
        {kind === 'file' ? formatBytes(sizeBytes, locale) : '–'}
      </CardCell>
      {!narrow && (
        <>
          <CardCell className="text-fg-2">
            <TimeAgo at={modifiedAt} />
          </CardCell>
          <CardCell label={t('column.mode')} className="font-mono text-xs text-fg-2" title={modeWords(mode)}>
            {mode}
          </CardCell>
          <CardCell label={t('column.owner')} translate="no" className="font-mono text-xs text-fg-2">
            {owner}
          </CardCell>
        </>
      )}
      <CardCell place="actions" className="text-end">
        <IconButton
          label={t('acts.more', { name })}
          tabIndex={active ? 0 : -1}
          onClick={({ currentTarget }) => {
            const { left, bottom } = currentTarget.getBoundingClientRect();
            acts.menu(entry, left, bottom);
          }}
        >
          <Ellipsis aria-hidden />
        </IconButton>
      </CardCell>
    </CardRow>
  );
});

function FileName({ entry, href, active, renaming, acts }: FileRowProps) {
  const t = useTranslations('files');
  const { name, kind, target } = entry;
  const tabIndex = active ? 0 : -1;
  const shape = 'min-w-0 truncate rounded-sm max-md:text-md touch:leading-8';
  if (renaming) return <NewName entry={entry} acts={acts} />;
  return (
    <>
      {href === null ? (
        <span
          data-row-link
          tabIndex={tabIndex}
          translate="no"
          title={name}
          className={shape}
          onFocus={() => acts.focus(name)}
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
          onFocus={() => acts.focus(name)}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            acts.open(entry);
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
    </>
  );
}

/** In the place of the name: Enter takes it, Escape leaves it as it was. */
function NewName({ entry, acts }: Pick<FileRowProps, 'entry' | 'acts'>) {
  const t = useTranslations('files.rename');
  const { name } = entry;
  const [to, setTo] = useState(name);
  return (
    <form
      className="min-w-0 grow"
      onSubmit={(event) => {
        event.preventDefault();
        if (isFileName(to)) acts.rename(entry, to.normalize('NFC'));
      }}
    >
      <Input
        autoFocus
        aria-label={t('label', { name })}
        aria-invalid={!isFileName(to) || undefined}
        value={to}
        maxLength={255}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        translate="no"
        className="h-7"
        onFocus={({ target }) => target.setSelectionRange(0, name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length)} // prettier-ignore
        onChange={({ target }) => setTo(target.value)}
        onBlur={acts.stopRenaming}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') acts.stopRenaming();
        }}
      />
    </form>
  );
}
