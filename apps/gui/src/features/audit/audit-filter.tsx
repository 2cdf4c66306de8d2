'use client';

import { SlidersHorizontal, X } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, type SubmitEvent, useId, useTransition } from 'react';
import { Button } from '../../ui/button.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import {
  auditHref,
  type AuditView,
  countFilters,
  DOORS,
  NOUNS,
  OUTCOMES,
  readAuditView,
  STREAMS,
} from './audit-view.rules.ts';
import { useActionName } from './event-words.tsx';

interface Props {
  view: AuditView;
  tenants: ReadonlyArray<{ id: string; name: string }>;
  /** The name behind `view.actor`, where the page knows it. */
  actorName: string | undefined;
  targetName: string | undefined;
}

/** A form that leads to an address: it works without JavaScript, and with it at once. */
export function AuditFilterForm({ view, tenants, actorName, targetName }: Props) {
  const t = useTranslations('audit.filter');
  const outcomes = useTranslations('audit.outcomes');
  const router = useRouter();
  const [busy, startTransition] = useTransition();
  const go = (form: HTMLFormElement) => {
    const fields = [...new FormData(form)].filter((field): field is [string, string] => typeof field[1] === 'string');
    startTransition(() => router.push(auditHref(readAuditView(Object.fromEntries(fields)))));
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    go(event.currentTarget);
  };
  const choose = ({ currentTarget }: { currentTarget: HTMLSelectElement | HTMLInputElement }) => {
    if (currentTarget.form) go(currentTarget.form);
  };
  const count = countFilters(view);
  return (
    <form
      // A new address is a new form: what it holds is what the address says.
      key={auditHref(view)}
      method="get"
      action="/audit"
      role="search"
      aria-label={t('label')}
      aria-busy={busy || undefined}
      onSubmit={submit}
      className="mb-4 flex flex-col gap-3"
    >
      <div className="flex flex-wrap items-end gap-2">
        <SearchField label={t('search')} placeholder={t('search')} defaultValue={view.q} onSearch={() => undefined} />
        <Choice label={t('range')} name="range" value={view.range} onChoose={choose}>
          <option value="">{t('anyTime')}</option>
          {(['hour', 'day', 'week', 'month'] as const).map((range) => (
            <option key={range} value={range}>
              {t(`ranges.${range}`)}
            </option>
          ))}
        </Choice>
        <Choice label={t('outcome')} name="outcome" value={view.outcome} onChoose={choose}>
          <option value="">{t('anyOutcome')}</option>
          {OUTCOMES.map((outcome) => (
            <option key={outcome} value={outcome}>
              {outcomes(outcome)}
            </option>
          ))}
        </Choice>
        <Choice label={t('noun')} name="noun" value={view.noun} onChoose={choose}>
          <option value="">{t('anyNoun')}</option>
          {NOUNS.map((noun) => (
            <option key={noun} value={noun}>
              {t(`nouns.${noun}`)}
            </option>
          ))}
        </Choice>
        <Button type="submit" loading={busy}>
          {t('apply')}
        </Button>
        {count > 0 && (
          <Button asChild look="ghost">
            <Link href="/audit">
              <X aria-hidden />
              {t('clear', { count })}
            </Link>
          </Button>
        )}
      </div>
      <More view={view} tenants={tenants} onChoose={choose} />
      <Chips view={view} actorName={actorName} targetName={targetName} />
    </form>
  );
}

type Choose = (event: { currentTarget: HTMLSelectElement | HTMLInputElement }) => void;

function More({ view, tenants, onChoose }: Pick<Props, 'view' | 'tenants'> & { onChoose: Choose }) {
  const t = useTranslations('audit.filter');
  const { stream, via, address, tenant, from, to } = view;
  const open = [stream, via, address, tenant, from, to].some((each) => each !== undefined);
  return (
    <details open={open}>
      <summary className="inline-flex min-h-6 items-center gap-1.5 text-sm text-fg-2 hover:text-fg touch:min-h-11">
        <SlidersHorizontal aria-hidden className="size-4" />
        {t('more')}
      </summary>
      <div className="mt-2 flex flex-wrap items-end gap-2">
        <Choice label={t('stream')} name="stream" value={stream} onChoose={onChoose}>
          <option value="">{t('anyStream')}</option>
          {STREAMS.map((each) => (
            <option key={each} value={each}>
              {t(`streams.${each}`)}
            </option>
          ))}
        </Choice>
        <Choice label={t('via')} name="via" value={via} onChoose={onChoose}>
          <option value="">{t('anyVia')}</option>
          {DOORS.map((door) => (
            <option key={door} value={door}>
              {t(`vias.${door}`)}
            </option>
          ))}
        </Choice>
        {tenants.length > 1 && (
          <Choice label={t('tenant')} name="tenant" value={tenant} onChoose={onChoose}>
            <option value="">{t('anyTenant')}</option>
            {tenants.map(({ id, name }) => (
              <option key={id} value={id} translate="no">
                {name}
              </option>
            ))}
          </Choice>
        )}
        <Labelled label={t('address')}>
          {(id) => <Input id={id} name="address" defaultValue={address} maxLength={64} className="w-44" />}
        </Labelled>
        <Labelled label={t('from')}>
          {(id) => <Input id={id} type="date" name="from" defaultValue={from} className="w-40" />}
        </Labelled>
        <Labelled label={t('to')}>
          {(id) => <Input id={id} type="date" name="to" defaultValue={to} className="w-40" />}
        </Labelled>
      </div>
    </details>
  );
}

/** What a link of an event asked for: shown, kept, and taken away one by one. */
function Chips({ view, actorName, targetName }: Omit<Props, 'tenants'>) {
  const t = useTranslations('audit.filter');
  const toAction = useActionName();
  const { action = '' } = view;
  const chips = [
    { name: 'actor', value: view.actor, text: t('byWhom', { name: actorName ?? view.actor ?? '' }) },
    { name: 'target', value: view.target, text: t('onWhat', { name: targetName ?? view.target ?? '' }) },
    { name: 'action', value: view.action, text: t('whichAction', { action: toAction(action) ?? action }) },
  ] as const;
  const asked = chips.filter(({ value }) => value !== undefined);
  if (asked.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2">
      {asked.map(({ name, value, text }) => {
        const { [name]: _, ...rest } = view;
        return (
          <li key={name}>
            <input type="hidden" name={name} value={value} />
            <Link
              href={auditHref(rest)}
              className="inline-flex min-h-7 items-center gap-1.5 rounded-full border border-line-strong bg-surface-2 px-2.5 text-xs hover:bg-surface-3 touch:min-h-11"
            >
              {text}
              <X aria-hidden className="size-3.5" />
              <span className="sr-only">{t('remove')}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

interface ChoiceProps {
  label: string;
  name: string;
  value: string | undefined;
  onChoose: Choose;
  children: ReactNode;
}

function Choice({ label, name, value = '', onChoose, children }: ChoiceProps) {
  return (
    <Labelled label={label}>
      {(id) => (
        <Select id={id} name={name} defaultValue={value} onChange={onChoose} className="w-auto max-w-44">
          {children}
        </Select>
      )}
    </Labelled>
  );
}

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="flex flex-col gap-0.5">
      <label htmlFor={id} className="text-xs text-fg-3">
        {label}
      </label>
      {children(id)}
    </div>
  );
}
