'use client';

import { Pencil, Plus, Trash2, Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Input, Textarea } from '../../ui/input.tsx';
import type { VariableRow, VariablesEdit } from './configuration-form.rules.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { RevealButton, useReveal } from './revealed-value.tsx';
import { Changed, Locked } from './setting-field.tsx';
import { useSettingsDesk } from './settings-desk.ts';
import { Section } from './startup-sections.tsx';

/** Names: a value can be set and taken away, and is shown by itself to who may read it. */
export function VariablesSection() {
  const t = useTranslations('configuration');
  const { applied, form, change, refusalOf } = useSettingsDesk();
  const isLocked = refusalOf('env') !== null;
  const { set } = form.env;
  const put = (env: Partial<VariablesEdit>) => change({ env: { ...form.env, ...env } });
  const added = set.flatMap((row, at) => (row.added ? [{ row, at }] : []));
  return (
    <Section title={t('section.env')}>
      <p className="text-xs text-fg-3">{t('env.hint')}</p>
      <Locked field="env" />
      {applied.envNames.length + added.length === 0 && <p className="text-fg-2">{t('env.none')}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {applied.envNames.map((name) => (
          <KnownVariable key={name} name={name} />
        ))}
        {added.map(({ row, at }) => (
          <AddedVariable key={at} row={row} at={at} />
        ))}
      </ul>
      <Changed field="env" />
      {!isLocked && (
        <Button
          className="self-start"
          onClick={() => put({ set: [...set, { name: '', value: '', added: true, kept: false }] })}
        >
          <Plus aria-hidden />
          {t('env.add')}
        </Button>
      )}
    </Section>
  );
}

function KnownVariable({ name }: { name: string }) {
  const t = useTranslations('configuration.env');
  const { form, change, refusalOf } = useSettingsDesk();
  const reveal = useReveal(name);
  const isLocked = refusalOf('env') !== null;
  const { set, unset } = form.env;
  const put = (env: Partial<VariablesEdit>) => change({ env: { ...form.env, ...env } });
  const at = set.findIndex((row) => !row.added && row.name === name);
  const row = set[at];
  const isRemoved = unset.includes(name);
  return (
    <li className="flex flex-col gap-2 py-2">
      <div className="flex flex-wrap items-center gap-2">
        <code translate="no" className="min-w-0 grow font-mono text-xs break-all">
          {name}
        </code>
        {isRemoved && <Badge tone="warning">{t('removed')}</Badge>}
        <RevealButton name={name} reveal={reveal} />
        {!isLocked && (isRemoved || row !== undefined) && (
          <IconButton
            label={t('undo', { name })}
            onClick={() =>
              put({ set: set.filter((_, index) => index !== at), unset: unset.filter((each) => each !== name) })
            }
          >
            <Undo2 aria-hidden />
          </IconButton>
        )}
        {!isLocked && !isRemoved && row === undefined && (
          <>
            <IconButton
              label={t('overwrite', { name })}
              onClick={() => put({ set: [...set, { name, value: '', added: false, kept: false }] })}
            >
              <Pencil aria-hidden />
            </IconButton>
            <IconButton label={t('remove', { name })} onClick={() => put({ unset: [...unset, name] })}>
              <Trash2 aria-hidden />
            </IconButton>
          </>
        )}
      </div>
      <ErrorNotice error={reveal.error} />
      {reveal.value !== undefined && (
        <output
          aria-label={t('shown', { name })}
          translate="no"
          className="font-mono text-xs break-all whitespace-pre-wrap"
        >
          {reveal.value === '' ? t('blank') : reveal.value}
        </output>
      )}
      {row !== undefined && <ValueField row={row} at={at} />}
    </li>
  );
}

function AddedVariable({ row, at }: { row: VariableRow; at: number }) {
  const t = useTranslations('configuration.env');
  const { form, change, leave, errorOf, refusalOf } = useSettingsDesk();
  const { set } = form.env;
  const isLocked = refusalOf('env') !== null;
  return (
    <li className="flex flex-col gap-2 py-2">
      <div className="grid grid-cols-[1fr_auto] gap-2">
        <Field label={t('name')} error={errorOf(`env.${at}`)}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
              readOnly={isLocked || row.kept}
              value={row.name}
              onChange={({ target }) =>
                change({ env: { ...form.env, set: replaced(set, at, { name: target.value }) } })
              }
              onBlur={() => leave(`env.${at}`)}
            />
          )}
        </Field>
        {!isLocked && (
          <IconButton
            label={t('remove', { name: row.name })}
            className="mt-5"
            onClick={() => change({ env: { ...form.env, set: set.filter((_, index) => index !== at) } })}
          >
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </div>
      <ValueField row={row} at={at} />
    </li>
  );
}

function ValueField({ row, at }: { row: VariableRow; at: number }) {
  const t = useTranslations('configuration.env');
  const { form, change, errorOf, refusalOf } = useSettingsDesk();
  return (
    <Field
      label={row.added ? t('value') : t('newValue', { name: row.name })}
      hint={row.kept ? t('kept') : undefined}
      error={row.added ? undefined : errorOf(`env.${at}`)}
    >
      {(control) => (
        <Textarea
          {...control}
          rows={1}
          autoComplete="off"
          spellCheck={false}
          className="min-h-10 font-mono"
          readOnly={refusalOf('env') !== null}
          value={row.value}
          onChange={({ target }) =>
            change({ env: { ...form.env, set: replaced(form.env.set, at, { value: target.value, kept: false }) } })
          }
        />
      )}
    </Field>
  );
}

const replaced = (set: readonly VariableRow[], at: number, part: Partial<VariableRow>): VariableRow[] =>
  set.map((row, index) => (index === at ? { ...row, ...part } : row));
