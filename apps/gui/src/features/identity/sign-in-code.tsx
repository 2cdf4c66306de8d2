'use client';

import { useTranslations } from 'next-intl';
import { type SubmitEvent, useRef, useState } from 'react';
import type { Me } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import { RefusedProof, useCountdown } from './refused-proof.tsx';
import { signInTwoFactor } from './sign-in.ts';

export interface SignInCodeProps {
  challenge: string;
  onSignedIn: (me: Me) => void;
  /** Back to the password; with a reason where it was not the person's own wish. */
  onStartAgain: (reason?: ApiError) => void;
}

/** The second step: what the authenticator app shows, or a recovery code where the app is lost. */
export function SignInCode({ challenge, onSignedIn, onStartAgain }: SignInCodeProps) {
  const t = useTranslations('login.code');
  const toWords = useErrorWords();
  const [by, setBy] = useState<'code' | 'recoveryCode'>('code');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const lockedFor = useCountdown(error?.retryAfterSeconds ?? null);
  const isWrong = error !== null && WRONG.has(error.envelope.code);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = input.current?.value ?? '';
    setBusy(true);
    setError(null);
    signInTwoFactor(by === 'code' ? { challenge, code: given } : { challenge, recoveryCode: given })
      .then(onSignedIn)
      .catch((failure: unknown) => {
        setBusy(false);
        if (!(failure instanceof ApiError)) throw failure;
        if (failure.envelope.code === 'two_factor_expired') return onStartAgain(failure);
        setError(failure);
        input.current?.focus();
        input.current?.select();
      });
  };
  const change = () => {
    setError(null);
    setBy(by === 'code' ? 'recoveryCode' : 'code');
  };

  return (
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      {!isWrong && <RefusedProof error={error} lockedFor={lockedFor} />}
      <Field
        key={by}
        label={t(`${by}.label`)}
        hint={t(`${by}.hint`)}
        error={isWrong ? toWrongText(error, toWords, t(`${by}.malformed`)) : undefined}
      >
        {(control) => (
          <Input
            {...control}
            ref={input}
            name={by}
            required
            autoFocus
            autoComplete={by === 'code' ? 'one-time-code' : 'off'}
            inputMode={by === 'code' ? 'numeric' : 'text'}
            autoCapitalize="none"
            spellCheck={false}
            maxLength={40}
            className="font-mono"
          />
        )}
      </Field>
      <Button type="submit" look="primary" loading={busy} disabled={lockedFor > 0}>
        {t('submit')}
      </Button>
      <div className="flex flex-wrap justify-between gap-2">
        <Button look="ghost" onClick={change}>
          {t(by === 'code' ? 'useRecoveryCode' : 'useCode')}
        </Button>
        <Button look="ghost" onClick={() => onStartAgain()}>
          {t('startAgain')}
        </Button>
      </div>
    </form>
  );
}

/** What belongs to the field itself and not above the form. */
const WRONG: ReadonlySet<string> = new Set(['two_factor_code_invalid', 'invalid_request']);

function toWrongText(error: ApiError, toWords: ReturnType<typeof useErrorWords>, malformed: string): string {
  if (error.envelope.code === 'invalid_request') return malformed;
  const { text, hint } = toWords(error.envelope);
  return `${text} ${hint}`;
}
