import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ChannelList, TenantList } from '@bailiwick/contract';
import { ChannelsPage } from '../../../../features/channels/channels-page.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('channels'))('title') };
}

export default async function NotificationsPage() {
  const [channels, tenants] = await Promise.all([
    readCore('/settings/channels', ChannelList),
    readCore('/tenants', TenantList),
  ]);
  if (!channels.ok) return <Failure error={channels.error} />;
  return <ChannelsPage initial={channels.value} tenants={tenants.ok ? tenants.value.items : []} tenant={null} />;
}
