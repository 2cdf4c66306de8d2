'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useId, useState } from 'react';
import type { DeleteUserPreview, User } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { Failure } from '../shell/failure.tsx';
import { HeirField } from './heir-field.tsx';

interface Props {
  user: User;
  onClose: () => void;
  onDeleted: () => void;
}

/** Names what goes, what stays and who gets what is theirs; there is no way back, so the name is typed. */
export function DeletePerson({ user, onClose, onDeleted }: Props) {
  const t = useTranslations('people.delete');
  const formId = useId();
  const [typed, setTyped] = useState('');
  const [heir, setHeir] = useState('');
  const preview = useQuery({
    queryKey: ['people', user.id, 'delete-preview'],
    queryFn: ({ signal }) => api<DeleteUserPreview>('GET', `/users/${user.id}/delete-preview`, { signal }),
    staleTime: 0,
  });
  const remove = useMutation({
    mutationFn: () => api('DELETE', `/users/${user.id}`, { body: heir === '' ? {} : { transferTo: heir } }),
    onSuccess: onDeleted,
    throwOnError: (error) => !(error instanceof ApiError),
  });
  const owns = preview.data?.owns ?? [];
  const ready = preview.data !== undefined && typed === user.username && (owns.length === 0 || heir !== '');

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (ready) remove.mutate();
  };
  return (
    <ConfirmDialog
      title={t('title', { name: user.displayName })}
      keep={t('keep')}
      submit={t('title', { name: user.displayName })}
      act={{ type: 'submit', form: formId, disabled: !ready, loading: remove.isPending }}
      onClose={onClose}
    >
      {preview.isPending && (
        <Loading label={t('loading')} className="flex flex-col gap-2">
          <Skeleton className="w-1/3" />
          <Skeleton className="w-2/3" />
          <Skeleton className="w-1/2" />
        </Loading>
      )}
      {preview.error instanceof ApiError && (
        <Failure level="part" error={preview.error.envelope} onRetry={() => void preview.refetch()} />
      )}
      {preview.data !== undefined && (
        <form id={formId} onSubmit={submit} className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={remove.error instanceof ApiError ? remove.error : null} />
          <Inventory preview={preview.data} />
          {owns.length > 0 && <HeirField user={user} value={heir} onChoose={setHeir} />}
          <Field label={t.rich('type', { name: () => <TypedName name={user.username} /> })}>
            {(control) => (
              <Input
                {...control}
                value={typed}
                onChange={({ target }) => setTyped(target.value)}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
              />
            )}
          </Field>
        </form>
      )}
    </ConfirmDialog>
  );
}

const TypedName = ({ name }: { name: string }) => (
  <span translate="no" className="font-mono font-semibold">
    {name}
  </span>
);

function Inventory({ preview: { sessions, owns } }: { preview: DeleteUserPreview }) {
  const t = useTranslations('people.delete');
  const list = 'mt-1 list-disc ps-5 text-fg-2';
  return (
    <>
      <section>
        <h3 className="text-sm font-medium">{t('goes')}</h3>
        <ul className={list}>
          <li>{t('account')}</li>
          {sessions > 0 && <li>{t('sessions', { count: sessions })}</li>}
        </ul>
      </section>
      {owns.length > 0 && (
        <section>
          <h3 className="text-sm font-medium">{t('owns', { count: owns.length })}</h3>
          <ul translate="no" className={`${list} max-h-40 overflow-y-auto`}>
            {owns.map(({ id, name }) => (
              <li key={id} className="break-words">
                {name}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3 className="text-sm font-medium">{t('stays')}</h3>
        <ul className={list}>
          {owns.length > 0 && <li>{t('things')}</li>}
          <li>{t('trail')}</li>
        </ul>
      </section>
    </>
  );
}
