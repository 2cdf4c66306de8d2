import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PasskeyList, SessionList } from '@bailiwick/contract';
import { PasswordCard } from '../../../../features/account/password-card.tsx';
import { SessionsCard } from '../../../../features/account/sessions-card.tsx';
import { PasskeysCard } from '../../../../features/passkeys/passkeys-card.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';
import { PageHeader } from '../../../../ui/page-header.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account.security'))('title') };
}

export default async function SecurityPage() {
  const [t, passkeys, sessions] = await Promise.all([
    getTranslations('account.security'),
    readCore('/me/passkeys', PasskeyList),
    readCore('/me/sessions', SessionList),
  ]);
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('title')} description={t('description')} />
      <div className="flex flex-col gap-4">
        <PasswordCard />
        {passkeys.ok ? (
          <PasskeysCard passkeys={passkeys.value.items} />
        ) : (
          <Failure level="part" error={passkeys.error} />
        )}
        {sessions.ok ? (
          <SessionsCard sessions={sessions.value.items} />
        ) : (
          <Failure level="part" error={sessions.error} />
        )}
      </div>
    </div>
  );
}
