import type { AlertRule, BlackBox, Capability } from '@bailiwick/contract';
import { toIso } from '../../kernel/clock.js';
import type { BlackBoxRow } from './black-box.entity.js';

export const LINES = 200;
const MINUTE_MS = 60_000;
const LINE_LENGTH = 2000;
const LOG_LENGTH = 64 * 1024;
const FIGURES_MS = 10 * MINUTE_MS;
/** Who runs so long without an end runs well. */
const WELL_MS = 10 * MINUTE_MS;

/** The rules that tell of an end nobody asked for. */
const CRASHES: ReadonlySet<AlertRule> = new Set<AlertRule>(['container_stopped', 'container_oom', 'container_restarting']); // prettier-ignore
export const isCrash = (rule: AlertRule): boolean => CRASHES.has(rule);

type Lines = NonNullable<BlackBox['log']>['lines'];

/** The last of them, each and all together no longer than is kept. */
export function toKept(lines: Lines, more: boolean): NonNullable<BlackBox['log']> {
  const kept: Lines = [];
  let length = 0;
  for (const { at, stream, text } of lines.slice(-LINES).reverse()) {
    const short = text.slice(0, LINE_LENGTH);
    length += short.length;
    if (length > LOG_LENGTH) break;
    kept.unshift({ at, stream, text: short });
  }
  return { lines: kept, more: more || kept.length < lines.length };
}

interface Past {
  readonly from: string;
  readonly stepMs: number;
  readonly cpus: ReadonlyArray<number | null>;
  readonly memoryBytes: ReadonlyArray<number | null>;
}

/** The last minutes before it ended; null where nothing of them was measured. */
export function figuresBefore({ from, stepMs, cpus, memoryBytes }: Past, atMs: number): BlackBox['figures'] {
  const fromMs = Date.parse(from);
  const end = Math.min(cpus.length, Math.floor((atMs - fromMs) / stepMs) + 1);
  const begin = Math.max(0, end - FIGURES_MS / stepMs);
  const cut = (values: ReadonlyArray<number | null>) => values.slice(begin, Math.max(begin, end));
  const kept = { cpus: cut(cpus), memoryBytes: cut(memoryBytes) };
  if ([...kept.cpus, ...kept.memoryBytes].every((value) => value === null)) return null;
  return { from: toIso(fromMs + begin * stepMs), stepMs, ...kept };
}

/** When it was made so. */
export interface Version {
  readonly number: number;
  readonly appliedAtMs: number;
}
export interface Run {
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

/** The newest configuration under which it ran long enough; undefined where there is none. */
export function lastWell(versions: readonly Version[], runs: readonly Run[]): Version | undefined {
  const ordered = versions.toSorted((one, other) => one.appliedAtMs - other.appliedAtMs);
  return ordered.findLast(({ appliedAtMs }, position) => {
    const untilMs = ordered[position + 1]?.appliedAtMs ?? Infinity;
    return runs.some(
      ({ startedAtMs, endedAtMs }) => Math.min(endedAtMs, untilMs) - Math.max(startedAtMs, appliedAtMs) >= WELL_MS,
    );
  });
}

/** Each part takes the right it takes everywhere else. */
const NEEDS = {
  log: 'containers.logs',
  figures: 'containers.stats',
  changes: 'containers.settingsSee',
} as const satisfies Partial<Record<keyof BlackBoxRow, Capability>>;

export function toBlackBox(row: BlackBoxRow, may: (capability: Capability) => boolean): BlackBox {
  const needed = [NEEDS.log, NEEDS.figures, NEEDS.changes];
  return {
    alertId: row.alertId,
    containerId: row.containerId,
    at: toIso(row.at),
    exitCode: row.exitCode,
    oomKilled: row.oomKilled,
    limits: row.limits,
    log: may(NEEDS.log) ? row.log : null,
    figures: may(NEEDS.figures) ? row.figures : null,
    changes: may(NEEDS.changes) ? row.changes : null,
    withheld: needed.filter((capability) => !may(capability)),
  };
}
