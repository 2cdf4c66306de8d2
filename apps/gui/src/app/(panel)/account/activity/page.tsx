import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuditList } from '@bailiwick/contract';
import { ActivityCard } from '../../../../features/account/activity-card.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';
import { PageHeader } from '../../../../ui/page-header.tsx';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account.activity'))('title') };
}

export default async function OwnActivityPage({ searchParams }: Props) {
  const { cursor } = await searchParams;
  const query = typeof cursor === 'string' ? `?cursor=${encodeURIComponent(cursor)}` : '';
  const [t, list] = await Promise.all([
    getTranslations('account.activity'),
    readCore(`/me/activity${query}`, AuditList),
  ]);
  if (!list.ok) return <Failure error={list.error} />;
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <ActivityCard list={list.value} />
    </>
  );
}
