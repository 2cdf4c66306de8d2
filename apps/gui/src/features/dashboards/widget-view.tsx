'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { type ReactNode, useId } from 'react';
import type { Container, Environment, Operation, Widget } from '@bailiwick/contract';
import { cn } from '../../ui/class-names.ts';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useAlertTitle } from '../alerts/alert-words.ts';
import { useAlerts } from '../alerts/alerts-followed.tsx';
import { AttentionList } from '../home/attention-list.tsx';
import { EnvironmentStrip } from '../home/environment-strip.tsx';
import { WorkList } from '../home/recent-work.tsx';
import { ContainerChart, HostChart } from '../metrics/thing-chart.tsx';
import { PinnedWidget } from './pinned-widget.tsx';
import { TopWidget } from './top-widget.tsx';
import { useWidgetTitle } from './widget-words.ts';

/** What its reader may see of the panel, and so what widgets are made of. */
export interface Sight {
  containers: readonly Container[];
  environments: readonly Environment[];
  operations: readonly Operation[];
}

const ROWS_EACH = 5;
const SYNC = 'dashboard';

export function WidgetView({ widget, sight }: { widget: Widget; sight: Sight }) {
  const title = useWidgetTitle(sight)(widget);
  switch (widget.kind) {
    // A chart is framed and titled by itself.
    case 'containerChart': {
      const container = sight.containers.find(({ id }) => id === widget.container);
      if (!container) return <Hidden title={title} />;
      return <ContainerChart {...widget} title={title} id={container.id} syncKey={SYNC} />;
    }
    case 'hostChart': {
      const environment = sight.environments.find(({ id }) => id === widget.environment);
      if (!environment) return <Hidden title={title} />;
      return <HostChart {...widget} title={title} id={environment.id} syncKey={SYNC} />;
    }
    case 'attention':
      return (
        <Frame title={title} bare>
          <AttentionList {...sight} />
        </Frame>
      );
    case 'alerts':
      return (
        <Frame title={title}>
          <OpenAlerts most={ROWS_EACH * widget.height} />
        </Frame>
      );
    case 'hosts':
      return (
        <Frame title={title} bare>
          <ul className="flex flex-col gap-3">
            {sight.environments.map((environment) => (
              <li key={environment.id}>
                <EnvironmentStrip environment={environment} />
              </li>
            ))}
          </ul>
        </Frame>
      );
    case 'activity':
      return (
        <Frame title={title} bare>
          <WorkList initial={sight.operations} most={ROWS_EACH * widget.height} />
        </Frame>
      );
    case 'top':
      return (
        <Frame title={title}>
          <TopWidget measure={widget.measure} most={ROWS_EACH * widget.height} containers={sight.containers} />
        </Frame>
      );
    case 'pinned':
      return (
        <Frame title={title}>
          <PinnedWidget ids={widget.containers} containers={sight.containers} />
        </Frame>
      );
  }
}

/** What does not fit in it is scrolled to; `bare` where what is in it has frames of its own. */
function Frame({ title, bare = false, children }: { title: string; bare?: boolean; children: ReactNode }) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={cn(
        'flex h-full max-h-[calc(var(--chart-height)+4.5rem)] flex-col',
        !bare && 'rounded-lg border border-line bg-surface-1 p-4',
      )}
    >
      <h2 id={id} className="mb-2 text-sm font-semibold">
        {title}
      </h2>
      <div role="group" aria-labelledby={id} tabIndex={0} className="min-h-0 grow overflow-y-auto">
        {children}
      </div>
    </section>
  );
}

function Hidden({ title }: { title: string }) {
  const t = useTranslations('dashboards');
  return (
    <Frame title={title}>
      <p className="text-fg-2">{t('hidden')}</p>
    </Frame>
  );
}

function OpenAlerts({ most }: { most: number }) {
  const t = useTranslations('dashboards');
  const toTitle = useAlertTitle();
  const open = useAlerts().filter(({ state }) => state === 'open');
  if (open.length === 0) return <p className="text-fg-2">{t('noAlerts')}</p>;
  return (
    <>
      <ul className="divide-y divide-line">
        {open.slice(0, most).map((alert) => (
          <li key={alert.id} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
            <Link href={`/alerts/${alert.id}`} className="min-w-0 break-words text-accent-text hover:underline">
              {toTitle(alert)}
            </Link>
            <TimeAgo at={alert.openedAt} className="ms-auto text-xs text-fg-3" />
          </li>
        ))}
      </ul>
      {open.length > most && (
        <Link href="/alerts" className="mt-1 inline-flex min-h-6 items-center text-accent-text hover:underline">
          {t('more', { count: open.length - most })}
        </Link>
      )}
    </>
  );
}
