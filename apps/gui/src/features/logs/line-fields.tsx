'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '../../ui/icon-button.tsx';
import { toPlainText } from './ansi.rules.ts';
import { fieldsOf, type Json, snippetOf } from './json-line.rules.ts';
import type { LogLineRow } from './log-rows.ts';

const DEEPEST = 12;
const MOST_ITEMS = 200;

export interface LineFieldsProps {
  row: LogLineRow;
  /** Shows the lines that hold the same. */
  onFilter: (query: string) => void;
  onClose: () => void;
}

/** All a line of JSON says, as a tree below the log. */
export function LineFields({ row, onFilter, onClose }: LineFieldsProps) {
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
      <Branch value={fields} depth={0} onPick={(name, value) => onFilter(snippetOf(words, name, value))} />
    </section>
  );
}

type Pick = (name: string, value: Json) => void;

function Branch({ value, depth, onPick }: { value: object; depth: number; onPick: Pick }) {
  const entries = Object.entries(value) as [string, Json][];
  return (
    <ul className={depth === 0 ? '' : 'ps-4'}>
      {entries.slice(0, MOST_ITEMS).map(([name, each]) => (
        <li key={name}>
          <span className="text-fg-3">{name}: </span>
          <Twig name={name} value={each} depth={depth + 1} onPick={onPick} />
        </li>
      ))}
      {entries.length > MOST_ITEMS && <li className="text-fg-3">…</li>}
    </ul>
  );
}

function Twig({ name, value, depth, onPick }: { name: string; value: Json; depth: number; onPick: Pick }) {
  const t = useTranslations('logs.fields');
  if (value !== null && typeof value === 'object') {
    if (Object.keys(value).length === 0) return <span>{Array.isArray(value) ? '[]' : '{}'}</span>;
    return depth > DEEPEST ? <span>…</span> : <Branch value={value} depth={depth} onPick={onPick} />;
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
