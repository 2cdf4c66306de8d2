'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useState } from 'react';
import type { UpdateProfile } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.tsx';
import { useMe } from '../identity/me.tsx';
import { useErrorToast } from '../shell/error-toast.ts';

const LONGEST = 80;

/** The name others see. */
export function ProfileCard() {
  const t = useTranslations('account.profile');
  const { user } = useMe();
  const router = useRouter();
  const showError = useErrorToast();
  const [name, setName] = useState(user.displayName);
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const displayName = name.trim();
    if (displayName === '' || displayName.length > LONGEST) return setWrong(true);
    setBusy(true);
    setWrong(false);
    save({ displayName })
      .then(() => {
        toast.success(t('saved'));
        announce(t('saved'));
        router.refresh();
      })
      .catch((error: unknown) => {
        if (error instanceof ApiError && error.envelope.code === 'invalid_request') setWrong(true);
        else showError(error);
      })
      .finally(() => setBusy(false));
  };

  return (
    <Card aria-label={t('name')}>
      <CardTitle className="mb-3">{t('name')}</CardTitle>
      <form method="post" noValidate onSubmit={submit} className="flex max-w-md flex-col gap-3">
        <Field label={t('displayName')} hint={t('displayNameHint')} error={wrong ? t('wrongName') : undefined}>
          {(control) => (
            <Input
              {...control}
              name="displayName"
              autoComplete="name"
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <Button
          type="submit"
          look="primary"
          loading={busy}
          disabled={name.trim() === user.displayName}
          className="self-start"
        >
          {t('save')}
        </Button>
      </form>
    </Card>
  );
}

const save = (body: UpdateProfile): Promise<void> => api('PATCH', '/me', { body });
