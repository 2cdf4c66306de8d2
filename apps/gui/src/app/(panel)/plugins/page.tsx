import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PluginList } from '@bailiwick/contract';
import { PluginsPage } from '../../../features/plugins/plugins-page.tsx';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore } from '../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('plugins'))('title') };
}

export default async function PluginListPage() {
  const plugins = await readCore('/plugins', PluginList);
  if (!plugins.ok) return <Failure error={plugins.error} />;
  return <PluginsPage initial={plugins.value.items} />;
}
