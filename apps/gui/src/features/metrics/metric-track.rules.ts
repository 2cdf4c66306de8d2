/** Equal steps from `from` on: the least, the mean and the most of each; null where nothing was measured. */
export interface Column {
  min: Array<number | null>;
  avg: Array<number | null>;
  max: Array<number | null>;
}
export interface History<Measure extends string> {
  from: string;
  stepMs: number;
  series: Readonly<Record<Measure, Column>>;
}
/** What was measured last; what it does not speak of is kept without being told live, and is none until it is read. */
export type Usage<Measure extends string> = Readonly<Partial<Record<Measure, number | null>>> & { readonly at: string };

/**
 * Puts what was measured where it belongs: into the last step, or after it, while as many go at the beginning.
 * `samples` is how many the last step holds of those that came here; the same history is given back for what is older.
 */
export function addSample<Measure extends string>(
  history: History<Measure>,
  usage: Usage<Measure>,
  samples: number,
): { history: History<Measure>; samples: number } {
  const fromMs = Date.parse(history.from);
  const measures = keysOf(history.series);
  const steps = measures[0] === undefined ? 0 : history.series[measures[0]].avg.length;
  // What is measured at the end of a second was used in it.
  const step = Math.floor((Date.parse(usage.at) - 1 - fromMs) / history.stepMs);
  if (steps === 0 || step < steps - 1) return { history, samples };
  const moved = step - (steps - 1);
  const held = moved === 0 ? samples : 0;
  const columns = measures.map((name) => [name, grown(history.series[name], moved, usage[name], held)] as const);
  return {
    // Each measure stands there once, by its name.
    history: {
      from: new Date(fromMs + moved * history.stepMs).toISOString(),
      stepMs: history.stepMs,
      series: Object.fromEntries(columns) as Record<Measure, Column>,
    },
    samples: held + 1,
  };
}

function grown(column: Column, moved: number, value: number | null | undefined, held: number): Column {
  const shifted = (values: ReadonlyArray<number | null>) =>
    moved === 0 ? [...values] : [...values.slice(moved), ...new Array<null>(Math.min(moved, values.length)).fill(null)];
  const [min, avg, max] = [shifted(column.min), shifted(column.avg), shifted(column.max)];
  const last = avg.length - 1;
  if (value === null || last < 0) return { min, avg, max };
  if (value === undefined) {
    for (const values of [min, avg, max]) values[last] ??= 0;
    return { min, avg, max };
  }
  const before = avg[last] ?? null;
  min[last] = Math.min(min[last] ?? value, value);
  max[last] = Math.max(max[last] ?? value, value);
  // What came with the page of this step counts as one.
  avg[last] = before === null ? value : before + (value - before) / (held + (held === 0 ? 2 : 1));
  return { min, avg, max };
}

const keysOf = <Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] => Object.keys(record) as Key[];

/** The beginning of each step, in seconds since the epoch. */
export function timesOf({ from, stepMs }: Pick<History<string>, 'from' | 'stepMs'>, steps: number): number[] {
  const fromMs = Date.parse(from);
  return Array.from({ length: steps }, (_, n) => (fromMs + n * stepMs) / 1000);
}

/** At most so many rows, evenly over the whole, the last one always among them; steps without a value are left out. */
export function rowsOf(
  { from, stepMs, series }: History<string>,
  measures: readonly string[],
  most: number,
): Array<{ atMs: number; values: Array<number | null> }> {
  const fromMs = Date.parse(from);
  const columns = measures.map((name) => series[name]?.avg ?? []);
  const all = (columns[0] ?? [])
    .map((_, n) => ({ atMs: fromMs + n * stepMs, values: columns.map((column) => column[n] ?? null) }))
    .filter(({ values }) => values.some((value) => value !== null));
  const every = Math.max(1, Math.ceil(all.length / most));
  return all.filter((_, n) => (all.length - 1 - n) % every === 0).reverse();
}
