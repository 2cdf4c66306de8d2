'use client';

import { useTranslations } from 'next-intl';
import { type SubmitEvent, useState } from 'react';
import type { Me } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { rememberTenant } from './last-tenant.ts';
import { PasswordInput } from './password-input.tsx';
import { RefusedProof, useCountdown } from './refused-proof.tsx';
import { SignInSecondStep } from './sign-in-second-step.tsx';
import { PasskeyButton } from '../passkeys/passkey-button.tsx';
import type { SecondStep } from './second-step.rules.ts';
import { secondStepIn, signIn, signInByPasskey } from './sign-in.ts';
import { TenantField } from './tenant-field.tsx';

export interface SignInFormProps {
  /** Given where the person is known already, as when a session ended over a page. */
  username?: string;
  /** Their tenant where they are known, else the one the address names. */
  tenant?: string | null;
  onSignedIn: (me: Me) => void;
}

export function SignInForm({ username: known, tenant: named = null, onSignedIn }: SignInFormProps) {
  const t = useTranslations('login');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [secondStep, setSecondStep] = useState<SecondStep | null>(null);
  const lockedFor = useCountdown(error?.retryAfterSeconds ?? null);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    const tenant = known === undefined ? textOf(form, 'tenant').trim().toLowerCase() : (named ?? '');
    const remember = () => {
      if (known === undefined) rememberTenant(tenant);
    };
    signIn({
      username: known ?? textOf(form, 'username'),
      password: textOf(form, 'password'),
      ...(tenant === '' ? {} : { tenant }),
    })
      .then((me) => {
        remember();
        onSignedIn(me);
      })
      .catch((failure: unknown) => {
        setBusy(false);
        const asked = secondStepIn(failure);
        if (asked !== undefined) {
          remember();
          return setSecondStep(asked);
        }
        if (!(failure instanceof ApiError)) throw failure;
        setError(failure);
      });
  };

  if (secondStep !== null) {
    const startAgain = (reason?: ApiError) => {
      setSecondStep(null);
      setError(reason ?? null);
    };
    return <SignInSecondStep step={secondStep} onSignedIn={onSignedIn} onStartAgain={startAgain} />;
  }
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <RefusedProof error={error} lockedFor={lockedFor} />
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
      {known === undefined && <TenantField named={named} />}
      <Button type="submit" look="primary" loading={busy} disabled={lockedFor > 0}>
        {t('submit')}
      </Button>
      <PasskeyButton onPress={() => signInByPasskey().then(onSignedIn)}>{t('passkey')}</PasskeyButton>
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
