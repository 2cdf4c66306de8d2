'use client';

import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useState } from 'react';
import type { RequestReset, ResetRequested } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Face } from '../../ui/face.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { RefusedProof, useCountdown } from '../identity/refused-proof.tsx';
import { TenantField } from '../identity/tenant-field.tsx';
import { BackToSignIn } from './back-to-sign-in.tsx';
import { ResetCode } from './reset-code.tsx';

/** Asking for a mail; what follows is the same whether it is sent or not. */
export function ForgotPassword({ byMail }: { byMail: boolean }) {
  const t = useTranslations('login.forgot');
  const [asked, setAsked] = useState<{ who: RequestReset; answer: ResetRequested } | null>(null);
  if (!byMail)
    return (
      <Face level="page" icon={KeyRound} title={t('noMail')} actions={<BackToSignIn />}>
        <p>{t('noMailText')}</p>
      </Face>
    );
  if (asked) return <ResetCode who={asked.who} answer={asked.answer} onAgain={() => setAsked(null)} />;
  return (
    <>
      <h1 className="text-xl font-semibold">{t('title')}</h1>
      <p className="mt-1 mb-4 text-fg-2">{t('text')}</p>
      <AskForm onAsked={(who, answer) => setAsked({ who, answer })} />
    </>
  );
}

function AskForm({ onAsked }: { onAsked: (who: RequestReset, answer: ResetRequested) => void }) {
  const t = useTranslations('login.forgot');
  const login = useTranslations('login');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const lockedFor = useCountdown(error?.retryAfterSeconds ?? null);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const tenant = textOf(form, 'tenant').toLowerCase();
    const who: RequestReset = { name: textOf(form, 'name'), ...(tenant === '' ? {} : { tenant }) };
    setBusy(true);
    setError(null);
    api<ResetRequested>('POST', '/password-resets', { body: who })
      .then((answer) => onAsked(who, answer))
      .catch((failure: unknown) => {
        setBusy(false);
        if (!(failure instanceof ApiError)) throw failure;
        setError(failure);
      });
  };
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <RefusedProof error={error} lockedFor={lockedFor} />
      <Field label={t('name')}>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            required
            autoFocus
          />
        )}
      </Field>
      <TenantField named={null} />
      <Button type="submit" look="primary" loading={busy} disabled={lockedFor > 0}>
        {t('submit')}
      </Button>
      <BackToSignIn />
      <noscript>
        <p className="text-sm text-fg-2">{login('needsScript')}</p>
      </noscript>
    </form>
  );
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
