import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ChannelList, TenantAnswer } from '@bailiwick/contract';
import { ChannelsPage } from '../../../../../features/channels/channels-page.tsx';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { readCore } from '../../../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('channels'))('title') };
}

export default async function TenantChannelsPage({ params }: { params: Promise<{ id: string }> }) {
  const address = `/tenants/${encodeURIComponent((await params).id)}` as const;
  const [tenant, channels] = await Promise.all([
    readCore(address, TenantAnswer),
    readCore(`${address}/channels`, ChannelList),
  ]);
  if (!tenant.ok) return <Failure error={tenant.error} />;
  if (!channels.ok) return <Failure error={channels.error} />;
  return <ChannelsPage initial={channels.value} tenants={[]} tenant={tenant.value.item} />;
}
