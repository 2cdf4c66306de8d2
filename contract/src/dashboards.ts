import * as z from 'zod';
import { ContainerId, DashboardId, EnvironmentId, UserId } from './ids.ts';
import { MetricsRange } from './metrics.ts';
import { listOf, Timestamp } from './wire.ts';

/** How many dashboards a person has at most, and how many widgets one has. */
export const MOST_DASHBOARDS = 20;
export const MOST_WIDGETS = 24;
/** How many containers one widget pins at most. */
export const MOST_PINNED = 12;

/** What a chart of a dashboard shows over time. */
export const ChartedMeasure = z.enum(['cpu', 'memory', 'network', 'disk']);
export type ChartedMeasure = z.infer<typeof ChartedMeasure>;

/** Columns of four, and rows of one height; a narrow page has fewer columns. */
const place = { width: z.int().min(1).max(4), height: z.int().min(1).max(3) };

/** What is shown; the order of the widgets is the order in which they stand. Each shows what its reader may see. */
export const Widget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('attention'), ...place }),
  z.strictObject({ kind: z.literal('alerts'), ...place }),
  z.strictObject({ kind: z.literal('hosts'), ...place }),
  z.strictObject({ kind: z.literal('activity'), ...place }),
  z.strictObject({ kind: z.literal('top'), measure: z.enum(['cpus', 'memoryBytes']), ...place }),
  z.strictObject({ kind: z.literal('pinned'), containers: z.array(ContainerId).min(1).max(MOST_PINNED), ...place }),
  z.strictObject({
    kind: z.literal('containerChart'),
    container: ContainerId,
    measure: ChartedMeasure,
    range: MetricsRange,
    ...place,
  }),
  z.strictObject({
    kind: z.literal('hostChart'),
    environment: EnvironmentId,
    measure: ChartedMeasure,
    range: MetricsRange,
    ...place,
  }),
]);
export type Widget = z.infer<typeof Widget>;
export type WidgetKind = Widget['kind'];

const written = {
  name: z.string().trim().min(1).max(60),
  widgets: z.array(Widget).max(MOST_WIDGETS),
  /** Everybody of its owner's tenant may read it. */
  shared: z.boolean(),
};

export const CreateDashboard = z.strictObject(written);
export type CreateDashboard = z.infer<typeof CreateDashboard>;
/** `version` is that of what was read: what was saved elsewhere meanwhile is not lost. */
export const UpdateDashboard = z.strictObject({ version: z.int().min(1), ...written });
export type UpdateDashboard = z.infer<typeof UpdateDashboard>;

export const Dashboard = z.object({
  id: DashboardId,
  /** Who alone changes it. */
  owner: z.object({ id: UserId, displayName: z.string() }),
  ...written,
  version: z.int(),
  savedAt: Timestamp,
});
export type Dashboard = z.infer<typeof Dashboard>;
/** One's own and those that are shared, by name. */
export const DashboardList = listOf(Dashboard);
export type DashboardList = z.infer<typeof DashboardList>;
