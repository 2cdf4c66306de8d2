import type { Metadata } from 'next';
import { cache } from 'react';
import { PluginAnswer, TenantList } from '@bailiwick/contract';
import { GonePlugin } from '../../../../features/plugins/gone-plugin.tsx';
import { PluginPage } from '../../../../features/plugins/plugin-page.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

interface Props {
  params: Promise<{ id: string }>;
}

const readPlugin = cache((id: string) => readCore(`/plugins/${encodeURIComponent(id)}`, PluginAnswer));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const plugin = await readPlugin((await params).id);
  return plugin.ok ? { title: plugin.value.item.name } : {};
}

export default async function OnePluginPage({ params }: Props) {
  const { id } = await params;
  const [plugin, tenants] = await Promise.all([readPlugin(id), readCore('/tenants', TenantList)]);
  if (!plugin.ok) {
    const { code } = plugin.error;
    return code === 'not_found' || code === 'invalid_request' ? <GonePlugin /> : <Failure error={plugin.error} />;
  }
  // Who may not see them decides on all of them together.
  return <PluginPage key={id} plugin={plugin.value.item} tenants={tenants.ok ? tenants.value.items : []} />;
}
