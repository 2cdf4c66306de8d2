'use client';

import { Check, UserRound, UsersRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import type { GrantablePrincipal } from '@bailiwick/contract';
import { cn } from '../../ui/class-names.ts';
import type { FieldControl } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { type ChoicesAddress, useChoices } from './access-queries.ts';

const WAIT_MS = 150;

interface Props {
  control: FieldControl;
  from: ChoicesAddress;
  /** Those who hold something here already. */
  holding: ReadonlySet<string>;
  chosen: GrantablePrincipal | null;
  onChoose: (principal: GrantablePrincipal | null) => void;
}

/** Finds a person or team by a part of the name. */
export function PrincipalCombobox({ control, from, holding, chosen, onChoose }: Props) {
  const t = useTranslations('access.give');
  const listId = useId();
  const [q, setQ] = useState('');
  const [at, setAt] = useState(0);
  const { data, isFetching } = useChoices(from, useSettled(q));
  const items = data?.items ?? [];
  const current = items[Math.min(at, items.length - 1)];
  const open = chosen === null;

  const choose = (principal: GrantablePrincipal) => {
    onChoose(principal);
    setQ(principal.name);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && items.length > 0) {
      event.preventDefault();
      if (!open) onChoose(null);
      setAt((Math.min(at, items.length - 1) + step + items.length) % items.length);
    }
    if (event.key === 'Enter' && open) {
      event.preventDefault();
      if (current) choose(current);
    }
  };
  return (
    <div className="flex flex-col gap-1">
      <Input
        {...control}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={listId}
        aria-activedescendant={open && current ? `${listId}-${current.id}` : undefined}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        value={q}
        onChange={({ target }) => {
          setQ(target.value);
          setAt(0);
          onChoose(null);
        }}
        onKeyDown={onKeyDown}
      />
      <ul
        id={listId}
        role="listbox"
        aria-label={t('who')}
        className={cn('max-h-52 overflow-y-auto rounded-md border border-line', !open && 'hidden')}
      >
        {items.map((principal) => (
          <Option
            key={principal.id}
            id={`${listId}-${principal.id}`}
            principal={principal}
            current={principal === current}
            holding={holding.has(principal.id)}
            onChoose={() => choose(principal)}
          />
        ))}
        {items.length === 0 && (
          <li role="option" aria-disabled aria-selected={false} className="px-3 py-2 text-fg-2">
            {t(isFetching ? 'searching' : 'nobody')}
          </li>
        )}
      </ul>
      <p role="status" className="text-xs text-fg-2 empty:hidden">
        {open && data && data.more > 0 && t('moreFound', { count: data.more })}
      </p>
    </div>
  );
}

interface OptionProps {
  id: string;
  principal: GrantablePrincipal;
  current: boolean;
  holding: boolean;
  onChoose: () => void;
}

function Option({ id, principal, current, holding, onChoose }: OptionProps) {
  const t = useTranslations('access');
  const Icon = principal.kind === 'team' ? UsersRound : UserRound;
  return (
    <li
      id={id}
      role="option"
      aria-selected={current}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
      ref={(element) => {
        if (current) element?.scrollIntoView({ block: 'nearest' });
      }}
      className="flex min-h-9 cursor-default items-center gap-2 px-3 hover:bg-surface-2 aria-selected:bg-surface-3 touch:min-h-11"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-fg-3" />
      <span translate="no" className="min-w-0 truncate">
        {principal.name}
      </span>
      <span className="min-w-0 truncate text-xs text-fg-2">
        {principal.kind === 'user' ? principal.username : t('source.team', { count: principal.members })}
      </span>
      {holding && (
        <span className="ms-auto inline-flex shrink-0 items-center gap-1 text-xs text-fg-2">
          <Check aria-hidden className="size-3" />
          {t('give.already')}
        </span>
      )}
    </li>
  );
}

/** What was typed, once somebody pauses. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
