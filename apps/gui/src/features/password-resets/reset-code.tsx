'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useRef, useState } from 'react';
import type { RequestReset, ResetGrant, ResetRequested } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { RefusedProof, useCountdown } from '../identity/refused-proof.tsx';
import { BackToSignIn } from './back-to-sign-in.tsx';

interface Props {
  who: RequestReset;
  answer: ResetRequested;
  /** They want another mail. */
  onAgain: () => void;
}

/** The mail is on its way, if there is one: its link, or its code typed here. */
export function ResetCode({ who, answer, onAgain }: Props) {
  const t = useTranslations('login.forgot');
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const lockedFor = useCountdown(error?.retryAfterSeconds ?? null);
  const againIn = useCountdown(answer.again);
  const isWrong = error !== null && WRONG.has(error.envelope.code);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    api<ResetGrant>('POST', '/password-resets/code', { body: { ...who, code: input.current?.value ?? '' } })
      .then(({ token }) => router.push(`/login/recover#${token}`))
      .catch((failure: unknown) => {
        setBusy(false);
        if (!(failure instanceof ApiError)) throw failure;
        setError(failure);
        input.current?.focus();
        input.current?.select();
      });
  };
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold">{t('sentTitle')}</h1>
      <Banner title={t('sent', { minutes: answer.linkSeconds / 60 })} className="mb-4">
        {t('sentText')}
      </Banner>
      <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
        {!isWrong && <RefusedProof error={error} lockedFor={lockedFor} />}
        <Field
          label={t('code')}
          hint={t('codeHint', { minutes: answer.codeSeconds / 60 })}
          error={isWrong ? t('wrongCode') : undefined}
        >
          {(control) => (
            <Input
              {...control}
              ref={input}
              name="code"
              required
              autoFocus
              autoComplete="one-time-code"
              inputMode="numeric"
              maxLength={20}
              className="font-mono"
            />
          )}
        </Field>
        <Button type="submit" look="primary" loading={busy} disabled={lockedFor > 0}>
          {t('useCode')}
        </Button>
        <div className="flex flex-wrap justify-between gap-2">
          <Button look="ghost" disabled={againIn > 0} onClick={onAgain}>
            {againIn > 0 ? t('againIn', { seconds: againIn }) : t('again')}
          </Button>
          <BackToSignIn />
        </div>
      </form>
    </>
  );
}

const WRONG: ReadonlySet<string> = new Set(['reset_invalid', 'invalid_request']);
