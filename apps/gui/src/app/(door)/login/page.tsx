import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { SignInPage } from '../../../features/identity/sign-in-page.tsx';
import { Failure } from '../../../features/shell/failure.tsx';
import { findMe, readSetup } from '../../../lib/core.ts';
import { isOwnPath } from '../../../lib/login-path.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('login'))('title') };
}

export default async function LoginPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  const target = typeof next === 'string' && isOwnPath(next) ? next : '/';
  const [setup, me] = await Promise.all([readSetup(), findMe()]);
  if (!setup.ok) return <Failure error={setup.error} />;
  if (setup.value.needed) redirect('/setup');
  if (me.ok) redirect(target);
  return <SignInPage next={target} />;
}
