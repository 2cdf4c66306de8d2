import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { SignInPage } from '../../../features/identity/sign-in-page.tsx';
import { Failure } from '../../../features/shell/failure.tsx';
import { findMe, readSetup } from '../../../lib/core.ts';
import { isOwnPath } from '../../../lib/login-path.ts';

/** No slug is longer. */
const MOST_TENANT = 64;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('login'))('title') };
}

interface Props {
  searchParams: Promise<{ next?: string | string[]; tenant?: string | string[] }>;
}

export default async function LoginPage({ searchParams }: Props) {
  const { next, tenant } = await searchParams;
  const target = typeof next === 'string' && isOwnPath(next) ? next : '/';
  const [setup, me] = await Promise.all([readSetup(), findMe()]);
  if (!setup.ok) return <Failure error={setup.error} />;
  if (setup.value.needed) redirect('/setup');
  if (me.ok) redirect(target);
  return <SignInPage next={target} tenant={typeof tenant === 'string' ? tenant.slice(0, MOST_TENANT) : null} />;
}
