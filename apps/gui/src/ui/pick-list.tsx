'use client';

import { useState } from 'react';
import { Checkbox } from './checkbox.tsx';
import { cn } from './class-names.ts';
import { SearchField } from './search-field.tsx';

export interface Choice {
  id: string;
  label: string;
  hint?: string;
}

export interface PickListProps {
  label: string;
  searchLabel: string;
  choices: readonly Choice[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
  /** How many are chosen, in words. */
  summary: string;
  /** What stands in place of rows when nothing matches. */
  nothing: string;
  /** How many more match than are drawn, in words. */
  more: (count: number) => string;
  disabled?: boolean;
  /** Whoever searches elsewhere hands over what was found; else it is searched here. */
  onSearch?: (text: string) => void;
}

const MOST_DRAWN = 100;

/** Several of many: found by name, chosen by a box each. What is chosen stays chosen while others are looked for. */
export function PickList(props: PickListProps) {
  const { label, searchLabel, choices, chosen, onChange, summary, nothing, more, disabled = false, onSearch } = props;
  const [q, setQ] = useState('');
  const found = onSearch ? choices : search(choices, q);
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  return (
    <div data-slot="pick-list" role="group" aria-label={label} className="rounded-md border border-line-strong">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line p-2">
        <SearchField
          label={searchLabel}
          placeholder={searchLabel}
          value={q}
          disabled={disabled}
          onSearch={(text) => {
            setQ(text);
            onSearch?.(text);
          }}
        />
        <span role="status" className="text-xs text-fg-2 tabular-nums">
          {summary}
        </span>
      </div>
      {found.length === 0 ? (
        <p className="px-3 py-4 text-fg-2">{nothing}</p>
      ) : (
        <ul className="max-h-64 overflow-y-auto p-1">
          {found.slice(0, MOST_DRAWN).map(({ id, label: name, hint }) => (
            <li key={id}>
              <label
                className={cn(
                  'flex min-h-8 items-center gap-2.5 rounded-md px-2 py-1 touch:min-h-11',
                  disabled ? 'text-fg-2' : 'hover:bg-surface-2',
                )}
              >
                <Checkbox checked={chosen.has(id)} disabled={disabled} onChange={() => toggle(id)} />
                <span translate="no" className="min-w-0 break-words">
                  {name}
                </span>
                {hint !== undefined && <span className="ms-auto truncate ps-2 text-xs text-fg-3">{hint}</span>}
              </label>
            </li>
          ))}
          {found.length > MOST_DRAWN && (
            <li className="px-2 py-1 text-xs text-fg-3">{more(found.length - MOST_DRAWN)}</li>
          )}
        </ul>
      )}
    </div>
  );
}

function search(choices: readonly Choice[], q: string): readonly Choice[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return choices;
  return choices.filter(({ label, hint = '' }) => {
    const text = `${label} ${hint}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
