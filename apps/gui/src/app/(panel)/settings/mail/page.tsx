import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { MailStatus } from '@bailiwick/contract';
import { MailPage } from '../../../../features/mail/mail-page.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.mail'))('title') };
}

export default async function MailSettingsPage() {
  const status = await readCore('/settings/mail', MailStatus);
  if (!status.ok) return <Failure error={status.error} />;
  return <MailPage status={status.value} />;
}
