'use client';

import { Box, Building2, CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { ApiError } from '../../lib/api.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Input } from '../../ui/input.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { Failure } from '../shell/failure.tsx';
import { useReachable } from './reachable.ts';
import { findReachable, type Reachable } from './token.rules.ts';

/** More are found by searching. */
const MOST_SHOWN = 50;

interface TargetChoiceProps {
  /** Null: everything its person reaches. */
  chosen: readonly Reachable[] | null;
  onChange: (chosen: readonly Reachable[] | null) => void;
  problem: string | null;
}

/** Where a token may act: everywhere its person may, or on a few things only. */
export function TargetChoice({ chosen, onChange, problem }: TargetChoiceProps) {
  const t = useTranslations('tokens.form.targets');
  const name = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-sm font-medium">{t('label')}</legend>
      <label className="flex min-h-8 items-center gap-2">
        <input type="radio" name={name} checked={chosen === null} onChange={() => onChange(null)} />
        {t('everything')}
      </label>
      <label className="flex min-h-8 items-center gap-2">
        <input type="radio" name={name} checked={chosen !== null} onChange={() => onChange(chosen ?? [])} />
        {t('few')}
      </label>
      {problem !== null && (
        <p role="alert" className="flex items-center gap-1 text-xs text-danger">
          <CircleAlert aria-hidden className="size-3.5 shrink-0" />
          {problem}
        </p>
      )}
      {chosen !== null && <Things chosen={chosen} onChange={onChange} />}
    </fieldset>
  );
}

function Things({ chosen, onChange }: { chosen: readonly Reachable[]; onChange: TargetChoiceProps['onChange'] }) {
  const t = useTranslations('tokens.form.targets');
  const [q, setQ] = useState('');
  const { data, error, refetch } = useReachable();
  if (error instanceof ApiError && !data)
    return <Failure error={error.envelope} level="part" onRetry={() => void refetch()} />;
  if (!data)
    return (
      <Loading label={t('loading')} className="flex flex-col gap-2 py-2">
        <Skeleton className="w-1/2" />
        <Skeleton className="w-1/3" />
        <Skeleton className="w-2/5" />
      </Loading>
    );
  const found = findReachable(data, q);
  const ids = new Set(chosen.map(({ id }) => id));
  const toggle = (thing: Reachable, on: boolean) =>
    onChange(on ? [...chosen, thing] : chosen.filter(({ id }) => id !== thing.id));
  return (
    <div className="mt-1 rounded-lg border border-line p-3">
      <Input
        type="search"
        aria-label={t('search')}
        placeholder={t('searchHint')}
        value={q}
        onChange={({ target }) => setQ(target.value)}
        // Enter looks for something; it does not send the form around it.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <ul aria-label={t('things')} className="mt-2 max-h-52 overflow-y-auto" tabIndex={0}>
        {found.slice(0, MOST_SHOWN).map((thing) => (
          <li key={thing.id}>
            <Thing thing={thing} chosen={ids.has(thing.id)} onToggle={(on) => toggle(thing, on)} />
          </li>
        ))}
      </ul>
      <p role="status" className="mt-2 text-xs text-fg-2">
        {found.length === 0 ? t('nothingFound', { q }) : t('chosen', { count: chosen.length })}
        {found.length > MOST_SHOWN && ` ${t('more', { count: found.length - MOST_SHOWN })}`}
      </p>
    </div>
  );
}

function Thing({ thing, chosen, onToggle }: { thing: Reachable; chosen: boolean; onToggle: (on: boolean) => void }) {
  const t = useTranslations('tokens.form.targets');
  const Icon = thing.kind === 'tenant' ? Building2 : Box;
  return (
    <label className="flex min-h-8 min-w-0 items-center gap-2 rounded-sm px-1 hover:bg-surface-2 touch:min-h-11">
      <Checkbox checked={chosen} onChange={({ target }) => onToggle(target.checked)} />
      <Icon aria-hidden className="size-4 shrink-0 text-fg-3" />
      <span translate="no" className="max-w-[65%] shrink-0 truncate">
        {thing.name}
      </span>
      <span className="sr-only">{t(thing.kind)}</span>
      <span translate="no" className="truncate font-mono text-xs text-fg-3">
        {thing.detail}
      </span>
    </label>
  );
}
