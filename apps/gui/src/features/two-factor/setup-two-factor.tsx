'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { TwoFactorStatus } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { SetupHeading } from '../identity/setup-heading.tsx';
import { addressAfter } from '../identity/setup-steps.rules.ts';
import { EnrolTwoFactor } from './enrol-two-factor.tsx';
import { RecoveryCodeList } from './recovery-code-list.tsx';

const NEXT = addressAfter('two-factor');

/** A second factor for the owner, now or later. */
export function SetupTwoFactor({ status }: { status: TwoFactorStatus }) {
  const t = useTranslations('setup.twoFactor');
  const router = useRouter();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const isOn = status.enabled && codes === null;
  return (
    <>
      <SetupHeading>{t('title')}</SetupHeading>
      <p className="mt-1 mb-4 text-fg-2">{t(isOn ? 'on' : 'description')}</p>
      {codes && <RecoveryCodeList codes={codes} onDone={() => router.push(NEXT)} />}
      {!isOn && !codes && <EnrolTwoFactor onCodes={setCodes} />}
      {!codes && (
        <div className="mt-5 flex flex-col items-start gap-2 border-t border-line pt-4">
          <Button asChild {...(isOn ? { look: 'primary' as const } : {})}>
            <Link href={NEXT}>{t(isOn ? 'next' : 'later')}</Link>
          </Button>
          {!isOn && <p className="text-xs text-fg-2">{t('laterHint')}</p>}
        </div>
      )}
    </>
  );
}
