'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { SignInForm } from './sign-in-form.tsx';

export function SignInPage({ next, tenant }: { next: string; tenant: string | null }) {
  const t = useTranslations('login');
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold">{t('title')}</h1>
      {/* A full load: the page behind must be rendered for whoever signed in. */}
      <SignInForm tenant={tenant} onSignedIn={() => window.location.assign(next)} />
      <Link href="/login/forgot" className="mt-4 inline-block min-h-6 text-sm text-fg-2 underline hover:text-fg">
        {t('forgotten')}
      </Link>
    </>
  );
}
