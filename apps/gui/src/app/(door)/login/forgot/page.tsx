import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ResetWays } from '@bailiwick/contract';
import { ForgotPassword } from '../../../../features/password-resets/forgot-password.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('login.forgot'))('title') };
}

export default async function ForgotPasswordPage() {
  const ways = await readCore('/password-resets', ResetWays);
  if (!ways.ok) return <Failure error={ways.error} />;
  return <ForgotPassword byMail={ways.value.byMail} />;
}
