import type {
  AuditExport,
  BulkResult,
  DeployResult,
  Operation,
  OperationState,
  OperationStep,
  PluginActionReport,
  PluginSyncReport,
} from '@bailiwick/contract';

const ENDED: ReadonlySet<OperationState> = new Set<OperationState>(['done', 'failed', 'cancelled']);

export function isEnded({ state }: Pick<Operation, 'state'>): boolean {
  return ENDED.has(state);
}

export type ActivityFilter = 'all' | 'active' | 'finished' | 'failed';
export const ACTIVITY_FILTERS: readonly ActivityFilter[] = ['all', 'active', 'finished', 'failed'];

export function readActivityFilter(text: string | string[] | undefined): ActivityFilter {
  return ACTIVITY_FILTERS.find((known) => known === text) ?? 'all';
}

export function isIn(filter: ActivityFilter, operation: Pick<Operation, 'state'>): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'active':
      return !isEnded(operation);
    case 'finished':
      return operation.state === 'done' || operation.state === 'cancelled';
    case 'failed':
      return operation.state === 'failed';
  }
}

/** Newest first; the id settles what started in the same millisecond. */
export function newestFirst(operations: readonly Operation[]): Operation[] {
  return [...operations].sort((a, b) =>
    a.createdAt === b.createdAt ? (a.id < b.id ? 1 : -1) : a.createdAt < b.createdAt ? 1 : -1,
  );
}

/** The page as the server rendered it, with what is newer from the live list. */
export function mergeLive(page: readonly Operation[], live: readonly Operation[]): Operation[] {
  const byId = new Map([...page, ...live].map((operation) => [operation.id, operation]));
  return [...byId.values()];
}

/** How far the steps are, 0 to 100: finished ones count whole, the running one by its own percentage. */
export function percentOf({ state, steps }: Pick<Operation, 'state' | 'steps'>): number | null {
  if (state === 'done') return 100;
  if (steps.length === 0 || state === 'queued') return null;
  const done = steps.reduce((sum, step) => sum + shareOf(step), 0);
  return Math.min(99, Math.floor((done / steps.length) * 100));
}

export function runningStep({ steps }: Pick<Operation, 'steps'>): OperationStep | undefined {
  return steps.find(({ state }) => state === 'running');
}

/** From the start to the end, or to now while it lasts; null before it started. */
export function durationMs(
  { startedAt, finishedAt }: Pick<Operation, 'startedAt' | 'finishedAt'>,
  now: number,
): number | null {
  if (startedAt === null) return null;
  return Math.max(0, (finishedAt === null ? now : Date.parse(finishedAt)) - Date.parse(startedAt));
}

/** One answer per item of a bulk action; none while it has not ended. */
export function bulkItems({ name, result }: Pick<Operation, 'name' | 'result'>): BulkResult['items'] {
  return name === 'containers.bulk' && isBulkResult(result) ? result.items : [];
}

export function deployResult({ name, result }: Pick<Operation, 'name' | 'result'>): DeployResult | null {
  return name === 'containers.deploy' && isDeployResult(result) ? result : null;
}

export function exportResult({ name, result }: Pick<Operation, 'name' | 'result'>): AuditExport | null {
  return name === 'audit.export' && isAuditExport(result) ? result : null;
}

export function actionReport({ name, result }: Pick<Operation, 'name' | 'result'>): PluginActionReport | null {
  return name === 'plugins.act' && isActionReport(result) ? result : null;
}

const isActionReport = (result: unknown): result is PluginActionReport =>
  typeof result === 'object' && result !== null && 'action' in result && 'message' in result;

export function syncReport({ name, result }: Pick<Operation, 'name' | 'result'>): PluginSyncReport | null {
  return name === 'plugins.syncUsers' && isSyncReport(result) ? result : null;
}

const isSyncReport = (result: unknown): result is PluginSyncReport =>
  typeof result === 'object' && result !== null && 'created' in result && 'rows' in result;

const SECRETS_KEPT_MS = 3_600_000;

/** Whether generated secrets may still be waiting for this person: theirs, done, and within the hour. */
export function secretsMayWait(
  { name, state, finishedAt, startedBy }: Operation,
  { userId, now }: { userId: string; now: number },
): boolean {
  if (name !== 'containers.deploy' || state !== 'done' || startedBy.id !== userId) return false;
  return finishedAt !== null && now - Date.parse(finishedAt) < SECRETS_KEPT_MS;
}

/** The last words of a container that did not start, where the failure brings them. */
export function logLinesOf({ params }: { params?: Record<string, unknown> | undefined }): string[] {
  const lines: unknown = params?.['lines'];
  return isList(lines) ? lines.filter((line) => typeof line === 'string') : [];
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value);
// `result` belongs to the operation's name; the core has checked it against the contract, so its shape is enough.
const isBulkResult = (result: unknown): result is BulkResult =>
  typeof result === 'object' && result !== null && 'items' in result && Array.isArray(result.items);
const isAuditExport = (result: unknown): result is AuditExport =>
  typeof result === 'object' && result !== null && 'expiresAt' in result && 'bytes' in result;
const isDeployResult = (result: unknown): result is DeployResult =>
  typeof result === 'object' && result !== null && 'containerId' in result && 'generated' in result;

function shareOf({ state, percent }: OperationStep): number {
  if (state === 'done' || state === 'skipped') return 1;
  return state === 'running' ? (percent ?? 0) / 100 : 0;
}

/** Those after which their container is there, however they ended; the others only once they are done. */
const KEEPS_ITS_CONTAINER: Readonly<Record<string, readonly Operation['state'][]>> = {
  'containers.recreate': ['done', 'failed', 'cancelled'],
  'containers.update': ['done', 'failed', 'cancelled'],
  'containers.restore': ['done'],
};

/** Whether there is a container to go to: while it is worked on, and where the work leaves one. */
export const hasContainer = ({ name, state, target }: Pick<Operation, 'name' | 'state' | 'target'>): boolean =>
  target.containerId !== null && (!isEnded({ state }) || (KEEPS_ITS_CONTAINER[name]?.includes(state) ?? false));
