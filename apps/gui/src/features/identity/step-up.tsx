'use client';

import { useTranslations } from 'next-intl';
import { type SubmitEvent, useEffect, useState } from 'react';
import { api, ApiError } from '../../lib/api.ts';
import { whenProofIsNeeded } from '../../lib/step-up.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { useMe } from './me.tsx';
import { PasskeyButton } from '../passkeys/passkey-button.tsx';
import { proveByPasskey } from '../passkeys/passkeys.ts';
import { PasswordInput } from './password-input.tsx';
import { RefusedProof, useCountdown } from './refused-proof.tsx';

/** Over the page, when the core wants to know again who is there; then what was asked goes on by itself. */
export function StepUp() {
  const t = useTranslations('shell.stepUp');
  const [answer, setAnswer] = useState<((proved: boolean) => void) | null>(null);
  useEffect(() => whenProofIsNeeded(() => new Promise((resolve) => setAnswer(() => resolve))), []);
  const end = (proved: boolean) => {
    answer?.(proved);
    setAnswer(null);
  };
  return (
    <Dialog open={answer !== null} onOpenChange={(open) => !open && end(false)}>
      <DialogContent title={t('title')} description={t('description')} className="max-w-md">
        <PasswordProof onProved={() => end(true)} onCancel={() => end(false)} />
      </DialogContent>
    </Dialog>
  );
}

function PasswordProof({ onProved, onCancel }: { onProved: () => void; onCancel: () => void }) {
  const t = useTranslations('shell.stepUp');
  const common = useTranslations('common');
  const { user } = useMe();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const lockedFor = useCountdown(error?.retryAfterSeconds ?? null);
  const wrong = error?.envelope.code === 'invalid_credentials';

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    // The dialog stands in the tree of the page: the form behind it must not hear of this one.
    event.stopPropagation();
    setBusy(true);
    setError(null);
    api('POST', '/me/step-up', { body: { password } })
      .then(onProved)
      .catch((failure: unknown) => {
        setBusy(false);
        if (!(failure instanceof ApiError)) throw failure;
        setError(failure);
      });
  };

  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4 pb-3">
      <RefusedProof error={wrong ? null : error} lockedFor={lockedFor} />
      {/* Not shown, but told to password managers, which keep a password with its name. */}
      <input type="text" autoComplete="username" value={user.username} readOnly hidden />
      <Field label={t('password')} error={wrong ? t('wrong') : undefined}>
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete="current-password"
            value={password}
            onChange={({ target }) => setPassword(target.value)}
            required
            autoFocus
          />
        )}
      </Field>
      <PasskeyButton onPress={() => proveByPasskey().then(onProved)}>{t('passkey')}</PasskeyButton>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>{common('cancel')}</Button>
        <Button type="submit" look="primary" loading={busy} disabled={lockedFor > 0}>
          {t('submit')}
        </Button>
      </div>
    </form>
  );
}
