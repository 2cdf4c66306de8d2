'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useRef, useState } from 'react';
import type { ChangePassword } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { useMe } from '../identity/me.tsx';
import { PasswordInput } from '../identity/password-input.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import { isPassword, wrongPasswordField } from './password.rules.ts';

/** A new password for who knows the old one; what happens to the other sessions is said before. */
export function PasswordCard() {
  const t = useTranslations('account.password');
  const { user } = useMe();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [wrong, setWrong] = useState<{ current?: string; password?: string }>({});
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [done, setDone] = useState(false);
  const [busy, setBusy] = useState(false);

  const refuse = (field: 'current' | 'password', text: string) => {
    setWrong({ [field]: text });
    form.current?.querySelector<HTMLInputElement>(`[name=${field}]`)?.focus();
  };
  const fail = (error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
    const field = wrongPasswordField(error.envelope);
    if (field === null) setProblem(error);
    else refuse(field.name, t(field.words));
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = readPasswords(event.currentTarget);
    setProblem(null);
    setDone(false);
    setWrong({});
    if (body.current === '') return refuse('current', t('wrongCurrent'));
    if (!isPassword(body.password)) return refuse('password', t('wrongNew'));
    setBusy(true);
    api('PUT', '/me/password', { body })
      .then(() => {
        form.current?.reset();
        setDone(true);
        announce(t('done'));
        router.refresh();
      })
      .catch(fail)
      .finally(() => setBusy(false));
  };

  return (
    <Card aria-label={t('title')}>
      <CardTitle className="mb-1">{t('title')}</CardTitle>
      <p className="mb-3 text-fg-2">{t('text')}</p>
      {done && <Banner title={t('done')} className="mb-3" />}
      {problem !== null && <Problem error={problem} />}
      <form ref={form} method="post" noValidate onSubmit={submit} className="flex max-w-md flex-col gap-3">
        {/* Not shown, but told to password managers, which keep a password with its name. */}
        <input type="text" autoComplete="username" value={user.username} readOnly hidden />
        <Field label={t('current')} error={wrong.current}>
          {(control) => <PasswordInput {...control} name="current" autoComplete="current-password" />}
        </Field>
        <Field label={t('new')} hint={t('newHint')} error={wrong.password}>
          {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" />}
        </Field>
        <Button type="submit" look="primary" loading={busy} className="self-start">
          {t('submit')}
        </Button>
      </form>
    </Card>
  );
}

function Problem({ error }: { error: ApiError }) {
  const t = useTranslations('account.password');
  const words = useErrorWords()(error.envelope);
  const seconds = error.retryAfterSeconds;
  const title = error.envelope.code === 'rate_limited' && seconds !== null ? t('locked', { seconds }) : words.text;
  return (
    <Banner tone="danger" title={title} className="mb-3">
      {words.hint === '' ? undefined : words.hint}
    </Banner>
  );
}

function readPasswords(form: HTMLFormElement): ChangePassword {
  const data = new FormData(form);
  const text = (name: string): string => {
    const value = data.get(name);
    return typeof value === 'string' ? value : '';
  };
  return { current: text('current'), password: text('password') };
}
