import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { CatalogueList, EnvironmentList, type Me, TwoFactorStatus } from '@bailiwick/contract';
import { SetupLook } from '../../../features/appearance/setup-look.tsx';
import { SetupEngine } from '../../../features/environments/setup-engine.tsx';
import { MeProvider } from '../../../features/identity/me.tsx';
import { SetupDone } from '../../../features/identity/setup-done.tsx';
import { SetupOwner } from '../../../features/identity/setup-owner.tsx';
import { type LaterStep, toLaterStep } from '../../../features/identity/setup-steps.rules.ts';
import { SetupSteps } from '../../../features/identity/setup-steps.tsx';
import { StepUp } from '../../../features/identity/step-up.tsx';
import { SetupStart } from '../../../features/presets/setup-start.tsx';
import { Failure } from '../../../features/shell/failure.tsx';
import { SetupTwoFactor } from '../../../features/two-factor/setup-two-factor.tsx';
import { readCore, readMe, readSetup } from '../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('setup'))('title') };
}

export default async function SetupPage({ searchParams }: { searchParams: Promise<{ step?: string | string[] }> }) {
  const step = toLaterStep((await searchParams).step);
  const setup = await readSetup();
  if (!setup.ok) return <Failure error={setup.error} />;
  if (setup.value.needed)
    return (
      <>
        <SetupSteps step="owner" />
        <SetupOwner />
      </>
    );
  if (step === null) redirect('/containers');
  return <AfterClaim step={step} />;
}

async function AfterClaim({ step }: { step: LaterStep }) {
  const me = await readMe();
  if (!me.ok) return <Failure error={me.error} />;
  return (
    <NextIntlClientProvider messages={await getMessages()}>
      <MeProvider me={me.value}>
        <SetupSteps step={step} />
        {await SCREENS[step](me.value)}
        <StepUp />
      </MeProvider>
    </NextIntlClientProvider>
  );
}

/** What each step shows, with what it has to know. */
const SCREENS: Readonly<Record<LaterStep, (me: Me) => Promise<ReactNode> | ReactNode>> = {
  'two-factor': async () => {
    const status = await readCore('/me/two-factor', TwoFactorStatus);
    return status.ok ? <SetupTwoFactor status={status.value} /> : <Failure error={status.error} />;
  },
  engine: async () => {
    const list = await readCore('/environments', EnvironmentList);
    return list.ok ? <SetupEngine environment={list.value.items[0] ?? null} /> : <Failure error={list.error} />;
  },
  look: ({ appearance }) => <SetupLook initial={appearance} />,
  start: async () => {
    const list = await readCore('/presets', CatalogueList);
    return list.ok ? <SetupStart entries={list.value.items} /> : <Failure error={list.error} />;
  },
  done: () => <SetupDone />,
};
