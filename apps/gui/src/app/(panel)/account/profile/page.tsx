import type { Metadata } from 'next';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import { AccountCard } from '../../../../features/account/account-card.tsx';
import { ProfileCard } from '../../../../features/account/profile-card.tsx';
import { PageHeader } from '../../../../ui/page-header.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account.profile'))('title') };
}

export default function ProfilePage() {
  const t = useTranslations('account.profile');
  return (
    <div className="max-w-3xl">
      <PageHeader title={t('title')} description={t('description')} />
      <div className="flex flex-col gap-4">
        <ProfileCard />
        <AccountCard />
      </div>
    </div>
  );
}
