import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TwoFactorStatus } from '@bailiwick/contract';
import { Failure } from '../../../../features/shell/failure.tsx';
import { TwoFactorPage } from '../../../../features/two-factor/two-factor-page.tsx';
import { readCore } from '../../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account.twoFactor'))('title') };
}

export default async function AccountTwoFactorPage() {
  const status = await readCore('/me/two-factor', TwoFactorStatus);
  if (!status.ok) return <Failure error={status.error} />;
  return <TwoFactorPage initial={status.value} />;
}
