'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { whenProofIsNeeded } from '../../lib/step-up.ts';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { useTwoFactor } from '../two-factor/two-factor.ts';
import { StepUpForm } from './step-up-form.tsx';

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
        <Proof onProved={() => end(true)} onCancel={() => end(false)} />
      </DialogContent>
    </Dialog>
  );
}

/** By a code where two-factor is on; the password does as well, whatever could not be asked. */
function Proof({ onProved, onCancel }: { onProved: () => void; onCancel: () => void }) {
  const t = useTranslations('shell.stepUp');
  const { data, isPending } = useTwoFactor();
  const [by, setBy] = useState<'code' | 'password' | null>(null);
  if (isPending)
    return (
      <Loading label={t('loading')} className="flex flex-col gap-3 pb-3">
        <Skeleton className="w-1/3" />
        <Skeleton className="h-9" />
      </Loading>
    );
  const hasCode = data?.enabled === true;
  const kind = by ?? (hasCode ? 'code' : 'password');
  return (
    <StepUpForm
      key={kind}
      by={kind}
      onProved={onProved}
      onCancel={onCancel}
      {...(hasCode ? { onOther: () => setBy(kind === 'code' ? 'password' : 'code') } : {})}
    />
  );
}
