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
import { isEmail } from '../identity/account-fields.rules.ts';
import { useMe } from '../identity/me.tsx';
import { useErrorToast } from '../shell/error-toast.ts';

const LONGEST = 80;

/** The name others see, and where mail goes. */
export function ProfileCard() {
  const t = useTranslations('account.profile');
  const me = useMe();
  const { user } = me;
  const router = useRouter();
  const showError = useErrorToast();
  const [name, setName] = useState(user.displayName);
  const [email, setEmail] = useState(me.email ?? '');
  const [wrong, setWrong] = useState<'name' | 'email' | 'taken' | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const displayName = name.trim();
    const address = email.trim().toLowerCase();
    if (displayName === '' || displayName.length > LONGEST) return setWrong('name');
    if (address !== '' && !isEmail(address)) return setWrong('email');
    setBusy(true);
    setWrong(null);
    save({ displayName, ...(address === (me.email ?? '') ? {} : { email: address === '' ? null : address }) })
      .then(() => {
        toast.success(t('saved'));
        announce(t('saved'));
        router.refresh();
      })
      .catch((error: unknown) => {
        const code = error instanceof ApiError ? error.envelope.code : undefined;
        if (code === 'invalid_request') setWrong('name');
        else if (code === 'name_taken') setWrong('taken');
        else showError(error);
      })
      .finally(() => setBusy(false));
  };

  return (
    <Card aria-label={t('name')}>
      <CardTitle className="mb-3">{t('name')}</CardTitle>
      <form method="post" noValidate onSubmit={submit} className="flex max-w-md flex-col gap-3">
        <Field
          label={t('displayName')}
          hint={t('displayNameHint')}
          error={wrong === 'name' ? t('wrongName') : undefined}
        >
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
        <Field
          label={t('email')}
          hint={t(me.email === null ? 'emailHint' : me.emailVerified ? 'emailVerified' : 'emailUnverified')}
          error={
            wrong === 'email' || wrong === 'taken' ? t(wrong === 'taken' ? 'takenEmail' : 'wrongEmail') : undefined
          }
        >
          {(control) => (
            <Input
              {...control}
              name="email"
              type="email"
              autoComplete="email"
              spellCheck={false}
              value={email}
              onChange={({ target }) => setEmail(target.value)}
            />
          )}
        </Field>
        <Button
          type="submit"
          look="primary"
          loading={busy}
          disabled={name.trim() === user.displayName && email.trim().toLowerCase() === (me.email ?? '')}
          className="self-start"
        >
          {t('save')}
        </Button>
      </form>
    </Card>
  );
}

const save = (body: UpdateProfile): Promise<void> => api('PATCH', '/me', { body });
