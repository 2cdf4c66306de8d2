'use client';

import { useTranslations } from 'next-intl';
import { type SubmitEvent, useState } from 'react';
import type { CompleteReset, ResetView } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { isPassword } from '../identity/account-fields.rules.ts';
import { PasswordInput } from '../identity/password-input.tsx';
import { RefusedProof, useCountdown } from '../identity/refused-proof.tsx';
import { toFactor } from './second-factor.rules.ts';

interface Props {
  token: string;
  view: ResetView;
  onDone: () => void;
}

type Problem = 'password' | 'factor';

/** The new password and, where there is one, the second factor: a mailbox alone is not enough. */
export function NewPassword({ token, view, onDone }: Props) {
  const t = useTranslations('login.recover');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const lockedFor = useCountdown(error?.retryAfterSeconds ?? null);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = textOf(form, 'password');
    const factor = view.twoFactor ? toFactor(textOf(form, 'factor')) : {};
    setError(null);
    if (!isPassword(password)) return setProblem('password');
    if (factor === undefined) return setProblem('factor');
    setProblem(null);
    setBusy(true);
    const body: CompleteReset = { token, password, ...factor };
    api('POST', '/password-resets/complete', { body })
      .then(onDone)
      .catch((failure: unknown) => {
        setBusy(false);
        if (!(failure instanceof ApiError)) throw failure;
        const found = PROBLEM[failure.envelope.code];
        setProblem(found ?? null);
        setError(found === undefined ? failure : null);
      });
  };
  return (
    <>
      <h1 className="text-xl font-semibold">{t('title')}</h1>
      <p className="mt-1 mb-4 text-fg-2">
        {t('for', { name: view.displayName, username: view.username, tenant: view.tenant.name })}
      </p>
      <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
        <RefusedProof error={error} lockedFor={lockedFor} />
        {/* Not shown, but told to password managers, which keep a password with its name. */}
        <input type="text" autoComplete="username" value={view.username} readOnly hidden />
        <Field
          label={t('password')}
          hint={t('passwordHint')}
          error={problem === 'password' ? t('wrongPassword') : undefined}
        >
          {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" required autoFocus />}
        </Field>
        {view.twoFactor && (
          <Field label={t('factor')} hint={t('factorHint')} error={problem === 'factor' ? t('wrongFactor') : undefined}>
            {(control) => (
              <Input
                {...control}
                name="factor"
                autoComplete="one-time-code"
                autoCapitalize="none"
                spellCheck={false}
                maxLength={40}
                className="font-mono"
                required
              />
            )}
          </Field>
        )}
        <Button type="submit" look="primary" loading={busy} disabled={lockedFor > 0}>
          {t('submit')}
        </Button>
      </form>
    </>
  );
}

const PROBLEM: Record<string, Problem | undefined> = {
  weak_password: 'password',
  two_factor_code_invalid: 'factor',
  two_factor_required: 'factor',
};

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
