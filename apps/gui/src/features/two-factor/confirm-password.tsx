'use client';

import { useTranslations } from 'next-intl';
import { type SubmitEvent, useState } from 'react';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { PasswordInput } from '../identity/password-input.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import { proveByPassword } from './two-factor.ts';

/** The sign-in was a while ago: the password once more. */
export function ConfirmPassword({ onProved, onCancel }: { onProved: () => void; onCancel?: (() => void) | undefined }) {
  const t = useTranslations('account.twoFactor.password');
  const common = useTranslations('common');
  const toWords = useErrorWords();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = new FormData(event.currentTarget).get('password');
    setBusy(true);
    setWrong(null);
    proveByPassword(typeof password === 'string' ? password : '')
      .then(onProved)
      .catch((failure: unknown) => {
        setBusy(false);
        if (!(failure instanceof ApiError)) throw failure;
        setWrong(toWords(failure.envelope).text);
      });
  };
  return (
    <form method="post" onSubmit={send} className="flex max-w-sm flex-col gap-3">
      <p className="text-fg-2">{t('text')}</p>
      <Field label={t('label')} error={wrong}>
        {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" required autoFocus />}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" loading={busy}>
          {t('go')}
        </Button>
        {onCancel && <Button onClick={onCancel}>{common('cancel')}</Button>}
      </div>
    </form>
  );
}
