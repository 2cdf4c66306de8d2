import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AlertList, EngineEventList, Environment, HostHistory, MetricsRange, OperationList } from '@bailiwick/contract';
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
  const [environment, history, events, alerts, operations] = await Promise.all([
    readCore(address, Environment),
    readCore(`${address}/metrics?range=${range}`, HostHistory),
    readCore(`/events?environment=${encodeURIComponent(id)}`, EngineEventList),
    readCore(`/alerts?state=all&environment=${encodeURIComponent(id)}`, AlertList),
    readCore(`/operations?state=finished&limit=200&environment=${encodeURIComponent(id)}`, OperationList),
  ]);
  if (!environment.ok) return <Failure error={environment.error} />;
  // Who may see it need not be somebody who may know how busy it is.
  if (!history.ok && history.error.code !== 'forbidden') return <Failure error={history.error} />;
  if (!events.ok) return <Failure error={events.error} />;
  // What cannot be read marks nothing: the figures are there all the same.
  const past = {
    alerts: alerts.ok ? alerts.value.items : [],
    operations: operations.ok ? operations.value.items : [],
  };
  return (
    <EnvironmentPage
      environment={environment.value}
      range={range}
      history={history.ok ? history.value : null}
      past={past}
      events={events.value}
    />
  );
}
