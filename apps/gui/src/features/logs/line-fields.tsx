'use client';

import { Columns3, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '../../ui/icon-button.tsx';
import { toPlainText } from './ansi.rules.ts';
import { fieldsOf, type Json, snippetOf } from './json-line.rules.ts';
import { MOST_COLUMNS } from './log-columns.rules.ts';
import type { LogLineRow } from './log-rows.ts';

const DEEPEST = 12;
const MOST_ITEMS = 200;

export interface LineFieldsProps {
  row: LogLineRow;
  /** Shows the lines that hold the same. */
  onFilter: (query: string) => void;
  /** The fields that stand in columns. */
  columns: readonly string[];
  onColumn: (path: string) => void;
  onClose: () => void;
}

/** All a line of JSON says, as a tree below the log. */
export function LineFields({ row, onFilter, columns, onColumn, onClose }: LineFieldsProps) {
  const t = useTranslations('logs.fields');
  const words = toPlainText(row.text);
  const fields = fieldsOf(words);
  if (!fields) return null;
  return (
    <section
      aria-label={t('title')}
      data-slot="line-fields"
      className="relative max-h-64 shrink-0 overflow-auto border-t border-line bg-inset py-1 ps-3 pe-12 font-mono text-xs"
    >
      <IconButton label={t('close')} onClick={onClose} className="absolute end-1 top-1">
        <X aria-hidden />
      </IconButton>
      <Branch
        value={fields}
        depth={0}
        path=""
        columns={columns}
        onColumn={onColumn}
        onPick={(name, value) => onFilter(snippetOf(words, name, value))}
      />
    </section>
  );
}

interface Grown extends Pick<LineFieldsProps, 'columns' | 'onColumn'> {
  depth: number;
  /** How the field is named as a column. */
  path: string;
  onPick: (name: string, value: Json) => void;
}

function Branch({ value, ...grown }: Grown & { value: object }) {
  const { depth, path, columns, onColumn } = grown;
  const entries = Object.entries(value) as [string, Json][];
  return (
    <ul className={depth === 0 ? '' : 'ps-4'}>
      {entries.slice(0, MOST_ITEMS).map(([name, each]) => {
        const own = path === '' ? name : `${path}.${name}`;
        return (
          <li key={name}>
            <AsColumn path={own} columns={columns} onColumn={onColumn} />
            <span className="text-fg-3">{name}: </span>
            <Twig {...grown} name={name} value={each} depth={depth + 1} path={own} />
          </li>
        );
      })}
      {entries.length > MOST_ITEMS && <li className="text-fg-3">…</li>}
    </ul>
  );
}

function AsColumn({ path, columns, onColumn }: Pick<Grown, 'path' | 'columns' | 'onColumn'>) {
  const t = useTranslations('logs.columns');
  const label = t('show', { name: path });
  const isColumn = columns.includes(path);
  return (
    <button
      type="button"
      aria-pressed={isColumn}
      aria-label={label}
      title={label}
      disabled={!isColumn && columns.length >= MOST_COLUMNS}
      onClick={() => onColumn(path)}
      className="me-1 inline-flex size-6 items-center justify-center rounded-sm align-middle text-fg-3 hover:bg-surface-2 hover:text-fg disabled:opacity-40 aria-pressed:bg-accent-subtle aria-pressed:text-fg touch:size-9"
    >
      <Columns3 aria-hidden className="size-3.5" />
    </button>
  );
}

function Twig({ name, value, ...grown }: Grown & { name: string; value: Json }) {
  const { depth, onPick } = grown;
  const t = useTranslations('logs.fields');
  if (value !== null && typeof value === 'object') {
    if (Object.keys(value).length === 0) return <span>{Array.isArray(value) ? '[]' : '{}'}</span>;
    return depth > DEEPEST ? <span>…</span> : <Branch {...grown} value={value} />;
  }
  return (
    <button
      type="button"
      title={t('filter')}
      onClick={() => onPick(name, value)}
      className="min-h-6 rounded-sm text-start break-all text-fg underline decoration-dotted underline-offset-2 hover:bg-surface-2"
    >
      {typeof value === 'string' ? value : String(value)}
    </button>
  );
}
