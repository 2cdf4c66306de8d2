'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useId, useRef, useState } from 'react';
import type { Plugin, PluginAnswer } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { toast } from '../../ui/toast.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { LeaveGuard } from '../shell/leave-guard.tsx';
import { isUp } from './plugin.rules.ts';
import { SettingInput } from './setting-input.tsx';
import { settingGroups, settingIssues, settingsOf, typedFirst } from './settings-form.rules.ts';

/** A form made of the schema of its manifest; begun anew when what is set has changed. */
export function PluginSettingsCard({ plugin }: { plugin: Plugin }) {
  const t = useTranslations('plugins.settings');
  const titleId = useId();
  const groups = settingGroups(plugin);
  return (
    <Card aria-labelledby={titleId} className="flex min-w-0 flex-col gap-3">
      <CardTitle id={titleId}>{t('title')}</CardTitle>
      {groups.length === 0 ? (
        <p className="text-sm text-fg-2">{t('none')}</p>
      ) : (
        <SettingsForm key={JSON.stringify([plugin.settings, plugin.manifest?.settings])} plugin={plugin} />
      )}
    </Card>
  );
}

function SettingsForm({ plugin }: { plugin: Plugin }) {
  const t = useTranslations('plugins.settings');
  const form = useRef<HTMLFormElement>(null);
  const [first] = useState(() => typedFirst(plugin));
  const [typed, setTyped] = useState(first);
  const [forgotten, setForgotten] = useState<ReadonlySet<string>>(new Set());
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const groups = settingGroups(plugin);
  const keys = groups.flatMap(({ fields }) => fields.map(({ key }) => key));
  const mayManage = plugin.can.includes('plugins.manage');
  const show = (found: Readonly<Record<string, string>>) => {
    setProblems(found);
    const at = keys.find((key) => found[key] !== undefined);
    if (at !== undefined) form.current?.querySelector<HTMLElement>(`[name="${CSS.escape(at)}"]`)?.focus();
  };
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (values: object) => api<PluginAnswer>('PUT', `/plugins/${plugin.id}/settings`, { body: { values } }),
    onError: (failure) => {
      if (failure instanceof ApiError) show(settingIssues(failure.envelope, keys));
    },
    onSuccess: ({ item }) => {
      toast.success(t(item.runtime === null ? 'saved' : 'savedAnew'));
      setForgotten(new Set());
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    reset();
    const read = settingsOf(plugin, typed, forgotten);
    if ('values' in read) {
      setProblems({});
      mutate(read.values);
    } else show(Object.fromEntries(Object.entries(read.wrong).map(([key, what]) => [key, t(`wrong.${what}`)])));
  };
  const dirty = forgotten.size > 0 || keys.some((key) => typed[key] !== first[key]);
  const discard = () => {
    setTyped(first);
    setForgotten(new Set());
    setProblems({});
    reset();
  };
  const hasPlace = Object.keys(problems).some((key) => key !== '');
  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="flex max-w-2xl flex-col gap-4">
      <LeaveGuard dirty={dirty && !isPending} text={t('lost')} onDiscard={discard} />
      {error instanceof ApiError && !hasPlace && <ErrorNotice error={error} />}
      {problems[''] !== undefined && <Banner tone="danger" title={problems['']} />}
      {groups.map(({ title, description, fields }) => (
        <fieldset
          key={title}
          disabled={!mayManage}
          className={title === '' ? 'contents' : 'flex flex-col gap-4 rounded-md border border-line p-3'}
        >
          {title !== '' && <legend className="px-1 text-sm font-semibold">{title}</legend>}
          {description !== '' && <p className="text-xs text-fg-3">{description}</p>}
          {fields.map((field) => (
            <SettingInput
              key={field.key}
              field={field}
              value={typed[field.key] ?? ''}
              problem={problems[field.key]}
              readOnly={!mayManage}
              isForgotten={forgotten.has(field.key)}
              onChange={(value) => setTyped((before) => ({ ...before, [field.key]: value }))}
              onForget={(on) =>
                setForgotten(
                  (before) => new Set([...before].filter((key) => key !== field.key).concat(on ? field.key : [])),
                )
              }
            />
          ))}
        </fieldset>
      ))}
      {mayManage ? (
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="primary" loading={isPending} disabled={!dirty}>
            {t(isUp(plugin) ? 'saveAnew' : 'save')}
          </Button>
          {dirty && (
            <Button look="ghost" onClick={discard}>
              {t('discard')}
            </Button>
          )}
        </div>
      ) : (
        <p className="text-sm text-fg-3">{t('needs')}</p>
      )}
    </form>
  );
}
