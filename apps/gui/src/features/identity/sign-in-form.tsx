'use client';

import { useTranslations } from 'next-intl';
import { type SubmitEvent, useEffect, useState } from 'react';
import type { Me, SignIn } from '@bailiwick/contract';
import { api, ApiError, rememberCsrf } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { adoptAppearance } from '../appearance/appearance.ts';
import { useErrorWords } from '../shell/error-words.ts';
import { PasswordInput } from './password-input.tsx';

export interface SignInFormProps {
  /** Given where the person is known already, as when a session ended over a page. */
  username?: string;
  onSignedIn: (me: Me) => void;
}

export function SignInForm({ username: known, onSignedIn }: SignInFormProps) {
  const t = useTranslations('login');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const lockedFor = useCountdown(error?.retryAfterSeconds ?? null);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    signIn({ username: known ?? textOf(form, 'username'), password: textOf(form, 'password') })
      .then(onSignedIn)
      .catch((failure: unknown) => {
        setBusy(false);
        if (!(failure instanceof ApiError)) throw failure;
        setError(failure);
      });
  };

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      {error && <SignInFailure error={error} lockedFor={lockedFor} />}
      {/* Not shown, but told to password managers, which keep a password with its name. */}
      {known !== undefined && <input type="text" autoComplete="username" value={known} readOnly hidden />}
      {known === undefined && (
        <Field label={t('username')}>
          {(control) => (
            <Input
              {...control}
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              autoFocus
            />
          )}
        </Field>
      )}
      <Field label={t('password')}>
        {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" required />}
      </Field>
      <Button type="submit" look="primary" loading={busy} disabled={lockedFor > 0}>
        {t('submit')}
      </Button>
      <noscript>
        <p className="text-sm text-fg-2">{t('needsScript')}</p>
      </noscript>
    </form>
  );
}

function SignInFailure({ error, lockedFor }: { error: ApiError; lockedFor: number }) {
  const t = useTranslations('login');
  const words = useErrorWords()(error.envelope);
  if (error.envelope.code === 'rate_limited' && lockedFor > 0)
    return <Banner tone="danger" title={t('locked', { seconds: lockedFor })} />;
  return (
    <Banner tone="danger" title={words.text}>
      {words.hint === '' ? undefined : words.hint}
    </Banner>
  );
}

async function signIn(body: SignIn): Promise<Me> {
  const me = await api<Me>('POST', '/sign-in', { body });
  rememberCsrf(me.csrf);
  adoptAppearance(me.appearance);
  return me;
}

/** Seconds left of a wait that began when `seconds` was handed in. */
function useCountdown(seconds: number | null): number {
  const [left, setLeft] = useState(0);
  const [from, setFrom] = useState(seconds);
  if (from !== seconds) {
    setFrom(seconds);
    setLeft(seconds ?? 0);
  }
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return left;
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
