import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CoreLogList } from '@bailiwick/contract';
import { CoreLogPage } from '../../../../features/core-log/core-log-page.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings.coreLog'))('title') };
}

export default async function CoreLogSettingsPage() {
  const log = await readCore('/core-log?limit=500', CoreLogList);
  if (!log.ok) return <Failure error={log.error} />;
  return <CoreLogPage entries={log.value.items} />;
}
