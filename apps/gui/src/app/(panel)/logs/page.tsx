import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { KeptLogList } from '@bailiwick/contract';
import { KeptLogs } from '../../../features/logs/kept-logs.tsx';
import { readLinkedLine, readSpan, toParams } from '../../../features/logs/log-url.rules.ts';
import { readLogs } from '../../../features/logs/read-logs.ts';
import { Together } from '../../../features/logs/together.tsx';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore } from '../../../lib/core.ts';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('logs'))('together.title') };
}

/** Several logs in one viewer; without any, those that are kept. */
export default async function LogsPage({ searchParams }: Props) {
  const query = await searchParams;
  const { containers } = query;
  if (typeof containers === 'string' && containers !== '') {
    const params = toParams(query);
    const linked = readLinkedLine(params);
    const moment = linked?.at ?? readSpan(params)?.to ?? null;
    const { logs, lost, error } = await readLogs(containers.split(','), moment);
    if (logs.length === 0 && error) return <Failure error={error} />;
    // Another linked line is another part of the logs.
    const key = [containers, linked?.at, linked?.cursor].join(' ');
    return <Together key={key} logs={logs} lost={lost} linked={linked} />;
  }
  const kept = await readCore('/kept-logs', KeptLogList);
  return kept.ok ? <KeptLogs items={kept.value.items} /> : <Failure error={kept.error} />;
}
