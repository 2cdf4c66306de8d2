'use client';

import { useTranslations } from 'next-intl';
import type { Me } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { PasskeyButton } from '../passkeys/passkey-button.tsx';
import { SignInCode } from './sign-in-code.tsx';
import type { SecondStep } from './second-step.rules.ts';
import { passSecondStepByPasskey } from './sign-in.ts';

export interface SignInSecondStepProps {
  step: SecondStep;
  onSignedIn: (me: Me) => void;
  /** Back to the beginning; with a reason where it was not the person's own wish. */
  onStartAgain: (reason?: ApiError) => void;
}

/** A passkey or a code, whichever its person has. */
export function SignInSecondStep({ step: { challenge, factors }, onSignedIn, onStartAgain }: SignInSecondStepProps) {
  const t = useTranslations('login.code');
  const hasCodes = factors.includes('code');
  const byPasskey = () =>
    passSecondStepByPasskey(challenge)
      .then(onSignedIn)
      .catch((failure: unknown) => {
        if (failure instanceof ApiError && failure.envelope.code === 'two_factor_expired') onStartAgain(failure);
        else throw failure;
      });
  return (
    <div className="flex flex-col gap-4">
      {!hasCodes && <p className="text-fg-2">{t('passkeyText')}</p>}
      {factors.includes('passkey') && (
        <PasskeyButton look={hasCodes ? 'secondary' : 'primary'} onPress={byPasskey}>
          {t('usePasskey')}
        </PasskeyButton>
      )}
      {hasCodes ? (
        <SignInCode challenge={challenge} onSignedIn={onSignedIn} onStartAgain={onStartAgain} />
      ) : (
        <Button look="ghost" onClick={() => onStartAgain()}>
          {t('startAgain')}
        </Button>
      )}
    </div>
  );
}
