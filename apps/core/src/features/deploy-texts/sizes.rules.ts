const FACTOR: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };
const SIZE = /^(\d{1,15}(?:\.\d{1,6})?)\s*(?:([kmgt])i?b?|b)?$/i;

/** Bytes of `64m`, `4GB`, `1.5 GiB`: every unit is 1024 of the one before, as engines count. */
export function toBytes(text: string): number | undefined {
  const [, number, unit = ''] = SIZE.exec(text.trim()) ?? [];
  const factor = FACTOR[unit.toLowerCase()];
  return number === undefined || factor === undefined ? undefined : Math.round(Number(number) * factor);
}

const MS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `1m30s`, `500ms`, `10s`. */
export function toMilliseconds(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d{1,12}(?:\.\d{1,9})?)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) return undefined;
  return Math.round(parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (MS[unit] ?? 0), 0));
}
