'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { TwoFactorStart } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useCopy } from '../../ui/id-chip.tsx';
import { Failure } from '../shell/failure.tsx';
import { CodeForm } from './code-form.tsx';
import { confirmTwoFactor, startTwoFactor } from './two-factor.ts';

/** A secret for the app, and a first code of it; `onCodes`: it is on, and these are shown once. */
export function EnrolTwoFactor({ onCodes }: { onCodes: (codes: readonly string[]) => void }) {
  const t = useTranslations('account.twoFactor.enrol');
  const [started, setStarted] = useState<TwoFactorStart | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const start = () => {
    setBusy(true);
    setError(null);
    startTwoFactor()
      .then(setStarted)
      .catch((failure: unknown) => {
        if (!(failure instanceof ApiError)) throw failure;
        // Whoever would rather not confirm is where they were.
        if (failure.envelope.code !== 'step_up_required') setError(failure);
      })
      .finally(() => setBusy(false));
  };

  if (error) return <Failure error={error.envelope} level="part" onRetry={start} />;
  if (!started)
    return (
      <div>
        <Button look="primary" loading={busy} onClick={start}>
          {t('start')}
        </Button>
      </div>
    );
  return (
    <div className="flex flex-wrap gap-x-8 gap-y-4">
      <div className="flex flex-col gap-2">
        <p className="font-medium">{t('scan')}</p>
        {/* A picture in the address itself; the image component would have nothing to do. White in every theme: apps read it so. */}
        <img src={started.qr} alt={t('qr')} width={208} height={208} className="rounded-md border border-line" />
      </div>
      <div className="flex min-w-0 grow basis-64 flex-col gap-4">
        <Secret secret={started.secret} />
        <CodeForm
          label={t('code')}
          hint={t('codeHint')}
          submit={t('confirm')}
          onCancel={() => setStarted(null)}
          onCode={async (code) => onCodes((await confirmTwoFactor(code)).codes)}
        />
      </div>
    </div>
  );
}

function Secret({ secret }: { secret: string }) {
  const t = useTranslations('account.twoFactor.enrol');
  const { copied, copy } = useCopy();
  return (
    <div>
      <p className="mb-1 font-medium">{t('secret')}</p>
      <div className="flex items-center gap-1">
        <code
          translate="no"
          data-slot="two-factor-secret"
          className="min-w-0 rounded-sm bg-inset px-2 py-1 font-mono text-xs"
        >
          {(secret.match(/.{1,4}/g) ?? []).join(' ')}
        </code>
        <IconButton label={t('copySecret')} onClick={() => copy(secret)}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
        </IconButton>
      </div>
    </div>
  );
}
