import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { SignInPage } from '../../../features/identity/sign-in-page.tsx';
import { Failure } from '../../../features/shell/failure.tsx';
import { findMe, readProviders, readSetup } from '../../../lib/core.ts';
import { isOwnPath } from '../../../lib/login-path.ts';

/** No slug is longer. */
const MOST_TENANT = 64;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('login'))('title') };
}

interface Props {
  searchParams: Promise<Partial<Record<'next' | 'tenant' | 'error', string | string[]>>>;
}

export default async function LoginPage({ searchParams }: Props) {
  const { next, tenant, error } = await searchParams;
  const target = typeof next === 'string' && isOwnPath(next) ? next : '/';
  const [setup, me, providers] = await Promise.all([readSetup(), findMe(), readProviders()]);
  if (!setup.ok) return <Failure error={setup.error} />;
  if (setup.value.needed) redirect('/setup');
  if (me.ok) redirect(target);
  return (
    <SignInPage
      next={target}
      tenant={typeof tenant === 'string' ? tenant.slice(0, MOST_TENANT) : null}
      // Without them people still get in by what they know.
      providers={providers.ok ? providers.value.items : []}
      refusal={typeof error === 'string' ? error : null}
    />
  );
}
