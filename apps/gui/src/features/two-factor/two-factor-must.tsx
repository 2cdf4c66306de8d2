'use client';

import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useSignOut } from '../identity/sign-out.ts';
import { StepUp } from '../identity/step-up.tsx';
import { AddPasskey } from '../passkeys/add-passkey.tsx';
import { usePasskeysWork } from '../passkeys/passkeys.ts';
import { Mark } from '../shell/mark.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { EnrolTwoFactor } from './enrol-two-factor.tsx';
import { RecoveryCodeList } from './recovery-code-list.tsx';

/** In place of every page, for who must have a second factor and has none. */
export function TwoFactorMust() {
  const t = useTranslations('account.twoFactor.must');
  const common = useTranslations('common');
  const signOut = useSignOut();
  const showError = useErrorToast();
  const passkeysWork = usePasskeysWork();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [adding, setAdding] = useState(false);
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-2xl flex-col justify-center p-4">
      <p className="mb-4 flex items-center gap-2 text-lg font-semibold">
        <Mark />
        {common('panel')}
      </p>
      <div className="flex flex-col gap-4 rounded-xl border border-line bg-surface-1 p-6 max-sm:p-4">
        <div>
          <h1 className="text-xl font-semibold">{t('title')}</h1>
          <p className="mt-1 text-fg-2">{t('text')}</p>
        </div>
        {codes ? (
          <RecoveryCodeList codes={codes} onDone={goOn} />
        ) : (
          <>
            <EnrolTwoFactor onCodes={setCodes} />
            {passkeysWork && (
              <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line pt-4">
                <p className="min-w-0 grow basis-64 text-fg-2">{t('orPasskey')}</p>
                <Button onClick={() => setAdding(true)}>
                  <KeyRound aria-hidden />
                  {t('addPasskey')}
                </Button>
              </div>
            )}
          </>
        )}
      </div>
      <div className="mt-4">
        <Button look="ghost" onClick={() => void signOut().catch(showError)}>
          {t('signOut')}
        </Button>
      </div>
      {adding && <AddPasskey onClose={() => setAdding(false)} onAdded={goOn} />}
      <StepUp />
    </main>
  );
}

/** A full load: the page behind must be rendered for who may see it now. */
const goOn = () => window.location.reload();
