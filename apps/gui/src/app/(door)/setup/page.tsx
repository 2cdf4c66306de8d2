import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { EnvironmentList } from '@bailiwick/contract';
import { SetupEngine } from '../../../features/environments/setup-engine.tsx';
import { MeProvider } from '../../../features/identity/me.tsx';
import { SetupDone } from '../../../features/identity/setup-done.tsx';
import { SetupOwner } from '../../../features/identity/setup-owner.tsx';
import { SetupSteps } from '../../../features/identity/setup-steps.tsx';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore, readMe, readSetup } from '../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('setup'))('title') };
}

export default async function SetupPage({ searchParams }: { searchParams: Promise<{ step?: string | string[] }> }) {
  const { step } = await searchParams;
  const setup = await readSetup();
  if (!setup.ok) return <Failure error={setup.error} />;
  if (setup.value.needed)
    return (
      <>
        <SetupSteps step="owner" />
        <SetupOwner />
      </>
    );
  if (step !== 'engine' && step !== 'done') redirect('/containers');
  return <AfterClaim step={step} />;
}

async function AfterClaim({ step }: { step: 'engine' | 'done' }) {
  const me = await readMe();
  if (!me.ok) return <Failure error={me.error} />;
  const environments = step === 'engine' ? await readCore('/environments', EnvironmentList) : null;
  if (environments && !environments.ok) return <Failure error={environments.error} />;
  return (
    <MeProvider me={me.value}>
      <SetupSteps step={step} />
      {environments ? <SetupEngine environment={environments.value.items[0] ?? null} /> : <SetupDone />}
    </MeProvider>
  );
}
