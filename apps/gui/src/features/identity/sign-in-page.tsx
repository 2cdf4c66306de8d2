'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useMemo, useState, useSyncExternalStore } from 'react';
import type { SignInProviderInfo } from '@bailiwick/contract';
import type { ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import { ProviderLinks } from './provider-links.tsx';
import { toProviderRefusal } from './provider-refusal.rules.ts';
import { secondStepInFragment } from './second-step.rules.ts';
import { SignInForm } from './sign-in-form.tsx';
import { SignInSecondStep } from './sign-in-second-step.tsx';

export interface SignInPageProps {
  next: string;
  tenant: string | null;
  providers: readonly SignInProviderInfo[];
  /** Why somebody was sent back from a provider, as the address says it. */
  refusal: string | null;
}

export function SignInPage({ next, tenant, providers, refusal }: SignInPageProps) {
  const t = useTranslations('login');
  const handed = useHandedStep();
  const [left, setLeft] = useState<{ reason: ApiError | null } | null>(null);
  // A full load: the page behind must be rendered for whoever signed in.
  const enter = () => window.location.assign(next);
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold">{t('title')}</h1>
      {handed !== undefined && left === null ? (
        <SignInSecondStep
          step={handed}
          onSignedIn={enter}
          onStartAgain={(reason) => setLeft({ reason: reason ?? null })}
        />
      ) : (
        <div className="flex flex-col gap-4">
          <ErrorNotice error={left?.reason ?? null} />
          {left === null && <RefusedThere code={refusal} />}
          <SignInForm tenant={tenant} onSignedIn={enter} />
          <ProviderLinks providers={providers} next={next} />
          <Link href="/login/forgot" className="inline-block min-h-6 text-sm text-fg-2 underline hover:text-fg">
            {t('forgotten')}
          </Link>
        </div>
      )}
    </>
  );
}

function RefusedThere({ code }: { code: string | null }) {
  const toWords = useErrorWords();
  const known = toProviderRefusal(code);
  if (known === undefined) return null;
  const { text, hint } = toWords({ code: known });
  return (
    <Banner tone="danger" title={text}>
      {hint === '' ? undefined : hint}
    </Banner>
  );
}

/** The second step a provider's sign-in was sent here with, in the fragment so that no server sees it. */
function useHandedStep() {
  const fragment = useSyncExternalStore(
    () => () => undefined,
    () => window.location.hash,
    () => '',
  );
  return useMemo(() => secondStepInFragment(fragment), [fragment]);
}
