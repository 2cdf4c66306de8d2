import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { KeptLogList } from '@bailiwick/contract';
import { KeptLogs } from '../../../features/logs/kept-logs.tsx';
import { readLogs } from '../../../features/logs/read-logs.ts';
import { Together } from '../../../features/logs/together.tsx';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore } from '../../../lib/core.ts';

interface Props {
  searchParams: Promise<{ containers?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('logs'))('together.title') };
}

/** Several logs in one viewer; without any, those that are kept. */
export default async function LogsPage({ searchParams }: Props) {
  const { containers } = await searchParams;
  if (typeof containers === 'string' && containers !== '') {
    const { logs, lost, error } = await readLogs(containers.split(','));
    if (logs.length === 0 && error) return <Failure error={error} />;
    return <Together key={containers} logs={logs} lost={lost} />;
  }
  const kept = await readCore('/kept-logs', KeptLogList);
  return kept.ok ? <KeptLogs items={kept.value.items} /> : <Failure error={kept.error} />;
}
