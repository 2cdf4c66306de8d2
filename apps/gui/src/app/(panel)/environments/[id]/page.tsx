import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Environment, HostHistory, MetricsRange } from '@bailiwick/contract';
import { EnvironmentPage } from '../../../../features/environments/environment-page.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('environments'))('one') };
}

export default async function OneEnvironmentPage({ params, searchParams }: Props) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  // An address somebody changed by hand shows the usual.
  const range = MetricsRange.safeParse(query['range']).data ?? '1h';
  const address = `/environments/${encodeURIComponent(id)}` as const;
  const [environment, history] = await Promise.all([
    readCore(address, Environment),
    readCore(`${address}/metrics?range=${range}`, HostHistory),
  ]);
  if (!environment.ok) return <Failure error={environment.error} />;
  // Who may see it need not be somebody who may know how busy it is.
  if (!history.ok && history.error.code !== 'forbidden') return <Failure error={history.error} />;
  return <EnvironmentPage environment={environment.value} range={range} history={history.ok ? history.value : null} />;
}
