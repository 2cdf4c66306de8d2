'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useId, useState } from 'react';
import type { Accepted, Plugin, PluginAction } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { SettingInput } from './setting-input.tsx';
import { settingGroups, settingIssues, settingsOf, typedFirst } from './settings-form.rules.ts';

interface Props {
  plugin: Plugin;
  action: PluginAction;
  onClose: () => void;
}

const NOTHING: ReadonlySet<string> = new Set();

/** What an action asks for first, then the page of what was begun. */
export function RunActionForm({ plugin, action, onClose }: Props) {
  const t = useTranslations('plugins.work');
  const wrongWords = useTranslations('plugins.settings.wrong');
  const router = useRouter();
  const formId = useId();
  const asked = { manifest: plugin.manifest && { ...plugin.manifest, settings: action.form }, settings: {} };
  const groups = settingGroups(asked);
  const keys = groups.flatMap(({ fields }) => fields.map(({ key }) => key));
  const [typed, setTyped] = useState(() => typedFirst(asked));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const { mutate, isPending, error } = useMutation({
    mutationFn: (input: object) =>
      api<Accepted>('POST', `/plugins/${plugin.id}/actions/${action.id}`, { body: { input } }),
    onError: (failure) => {
      if (failure instanceof ApiError) setProblems(settingIssues(failure.envelope, keys));
    },
    onSuccess: ({ operation }) => router.push(`/activity/${operation.id}`),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const read = settingsOf(asked, typed, NOTHING);
    if ('wrong' in read)
      return setProblems(Object.fromEntries(Object.entries(read.wrong).map(([key, what]) => [key, wrongWords(what)])));
    setProblems({});
    mutate(read.values);
  };
  const hasPlace = Object.keys(problems).some((key) => key !== '');
  return (
    <ConfirmDialog
      title={action.title || action.id}
      description={action.description}
      keep={t('keep')}
      submit={t('do')}
      act={{ look: action.isDangerous ? 'danger' : 'primary', loading: isPending, type: 'submit', form: formId }}
      onClose={onClose}
    >
      <form id={formId} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
        {error instanceof ApiError && !hasPlace && <ErrorNotice error={error} />}
        {problems[''] !== undefined && <Banner tone="danger" title={problems['']} />}
        {keys.length === 0 && <p>{t('asksNothing', { name: plugin.name })}</p>}
        {groups.flatMap(({ title, fields }) =>
          fields.map((field) => (
            <SettingInput
              key={field.key}
              field={title === '' ? field : { ...field, title: `${title}: ${field.title}` }}
              value={typed[field.key] ?? ''}
              problem={problems[field.key]}
              readOnly={isPending}
              isForgotten={false}
              onChange={(value) => setTyped((before) => ({ ...before, [field.key]: value }))}
              onForget={() => undefined}
            />
          )),
        )}
      </form>
    </ConfirmDialog>
  );
}
