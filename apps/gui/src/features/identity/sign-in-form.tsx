'use client';

import { useTranslations } from 'next-intl';
import { type SubmitEvent, useState } from 'react';
import type { Me } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { PasswordInput } from './password-input.tsx';
import { SignInCode } from './sign-in-code.tsx';
import { SignInFailure, useCountdown } from './sign-in-failure.tsx';
import { challengeIn, signIn } from './sign-in.ts';

export interface SignInFormProps {
  /** Given where the person is known already, as when a session ended over a page. */
  username?: string;
  onSignedIn: (me: Me) => void;
}

export function SignInForm({ username: known, onSignedIn }: SignInFormProps) {
  const t = useTranslations('login');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [challenge, setChallenge] = useState<string | null>(null);
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
        const asked = challengeIn(failure);
        if (asked !== undefined) return setChallenge(asked);
        if (!(failure instanceof ApiError)) throw failure;
        setError(failure);
      });
  };

  if (challenge !== null) {
    const startAgain = (reason?: ApiError) => {
      setChallenge(null);
      setError(reason ?? null);
    };
    return <SignInCode challenge={challenge} onSignedIn={onSignedIn} onStartAgain={startAgain} />;
  }
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

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
