import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TwoFactorSettings } from '@bailiwick/contract';
import { TwoFactorPolicy } from '../../../../features/settings/two-factor-policy.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';
import { PageHeader } from '../../../../ui/page-header.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.signIn'))('title') };
}

export default async function SignInSettingsPage() {
  const [t, twoFactor] = await Promise.all([
    getTranslations('settings.signIn'),
    readCore('/settings/two-factor', TwoFactorSettings),
  ]);
  if (!twoFactor.ok) return <Failure error={twoFactor.error} />;
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('title')} description={t('description')} />
      <TwoFactorPolicy initial={twoFactor.value} />
    </div>
  );
}
