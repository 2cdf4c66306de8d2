'use client';

import { useTranslations } from 'next-intl';
import { type SubmitEvent, useRef, useState } from 'react';
import type { StepUp } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Field, type FieldControl } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { PasskeyButton } from '../passkeys/passkey-button.tsx';
import { proveByPasskey } from '../passkeys/passkeys.ts';
import { useErrorWords } from '../shell/error-words.ts';
import { useMe } from './me.tsx';
import { PasswordInput } from './password-input.tsx';
import { RefusedProof, useCountdown } from './refused-proof.tsx';

interface Props {
  by: 'code' | 'password';
  onProved: () => void;
  onCancel: () => void;
  /** Changes to the other kind of proof, where there is one. */
  onOther?: () => void;
}

/** What belongs to the field itself and not above the form. */
const WRONG: ReadonlySet<string> = new Set(['invalid_credentials', 'two_factor_code_invalid', 'invalid_request']);

export function StepUpForm({ by, onProved, onCancel, onOther }: Props) {
  const t = useTranslations('shell.stepUp');
  const common = useTranslations('common');
  const { user } = useMe();
  const form = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const wrongText = useWrongText(by)(error);
  const lockedFor = useCountdown(error?.retryAfterSeconds ?? null);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    // The dialog stands in the tree of the page: the form behind it must not hear of this one.
    event.stopPropagation();
    setBusy(true);
    setError(null);
    api('POST', '/me/step-up', { body: readProof(event.currentTarget, by) })
      .then(onProved)
      .catch((failure: unknown) => {
        setBusy(false);
        if (!(failure instanceof ApiError)) throw failure;
        setError(failure);
        form.current?.querySelector<HTMLInputElement>(`[name=${by}]`)?.select();
      });
  };
  const input = (control: FieldControl) => ({ ...control, name: by, required: true, autoFocus: true });

  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4 pb-3">
      <RefusedProof error={wrongText === null ? error : null} lockedFor={lockedFor} />
      {by === 'password' ? (
        <>
          {/* Not shown, but told to password managers, which keep a password with its name. */}
          <input type="text" autoComplete="username" value={user.username} readOnly hidden />
          <Field label={t('password')} error={wrongText}>
            {(control) => <PasswordInput {...input(control)} autoComplete="current-password" />}
          </Field>
        </>
      ) : (
        <Field label={t('code')} hint={t('codeHint')} error={wrongText}>
          {(control) => (
            <Input
              {...input(control)}
              autoComplete="one-time-code"
              inputMode="numeric"
              maxLength={20}
              className="font-mono"
            />
          )}
        </Field>
      )}
      <PasskeyButton onPress={() => proveByPasskey().then(onProved)}>{t('passkey')}</PasskeyButton>
      <div className="flex flex-wrap justify-end gap-2">
        {onOther && (
          <Button look="ghost" className="me-auto" onClick={onOther}>
            {t(by === 'code' ? 'usePassword' : 'useCode')}
          </Button>
        )}
        <Button onClick={onCancel}>{common('cancel')}</Button>
        <Button type="submit" look="primary" loading={busy} disabled={lockedFor > 0}>
          {t('submit')}
        </Button>
      </div>
    </form>
  );
}

function readProof(form: HTMLFormElement, by: Props['by']): StepUp {
  const value = new FormData(form).get(by);
  const given = typeof value === 'string' ? value : '';
  return by === 'code' ? { code: given } : { password: given };
}

function useWrongText(by: Props['by']): (error: ApiError | null) => string | null {
  const t = useTranslations('shell.stepUp');
  const toWords = useErrorWords();
  return (error) => {
    if (error === null || !WRONG.has(error.envelope.code)) return null;
    if (error.envelope.code === 'invalid_request') return t(by === 'code' ? 'malformed' : 'wrong');
    if (error.envelope.code === 'invalid_credentials') return t('wrong');
    const { text, hint } = toWords(error.envelope);
    return `${text} ${hint}`;
  };
}
