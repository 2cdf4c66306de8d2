import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ReachList } from '@bailiwick/contract';
import { QuotaCard } from '../../../../features/quotas/quota-card.tsx';
import { ReachView } from '../../../../features/reach/reach-view.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore, readMe } from '../../../../lib/core.ts';
import { PageHeader } from '../../../../ui/page-header.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account.access'))('title') };
}

export default async function AccountAccessPage() {
  const t = await getTranslations('account.access');
  const me = await readMe();
  if (!me.ok) return <Failure error={me.error} />;
  const { id, displayName } = me.value.user;
  const reach = await readCore(`/access/reach?principal=${id}`, ReachList);
  if (!reach.ok) return <Failure error={reach.error} />;
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <QuotaCard subject={id} kind="own" />
      <ReachView principal={{ id, name: displayName }} read={reach.value} />
    </>
  );
}
