'use client';

import type { Dashboard } from '@bailiwick/contract';
import { useFollowed, useLiveItems, useLiveList } from '../../lib/live-hooks.ts';
import { DashboardPage } from './dashboard-page.tsx';
import type { Sight } from './widget-view.tsx';

/** A dashboard over what is so now. */
export function FollowedDashboard({ dashboard, ...read }: Sight & { dashboard: Dashboard }) {
  const sight = {
    containers: useFollowed('containers', read.containers),
    environments: useFollowed('environments', read.environments),
    operations: useLiveItems(useLiveList('operations', read.operations), read.operations),
  };
  return <DashboardPage key={dashboard.id} dashboard={dashboard} sight={sight} />;
}
