/** Whole units in people's words; the locale decides digits and separators. */

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function formatBytes(bytes: number, locale: string): string {
  const power = bytes < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  const digits = power === 0 || value >= 100 ? 0 : 1;
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)} ${BYTE_UNITS[power] ?? ''}`;
}

/** `340 ms`, `4.2 s`, `3 min 5 s`: how long something took. */
export function formatDuration(durationMs: number, locale: string): string {
  const unit = (value: number, name: string, digits = 0) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    }).format(value);
  if (durationMs < 1000) return unit(Math.round(durationMs), 'millisecond');
  if (durationMs < 60_000) return unit(durationMs / 1000, 'second', 1);
  if (durationMs < 3_600_000)
    return `${unit(Math.floor(durationMs / 60_000), 'minute')} ${unit(Math.floor((durationMs % 60_000) / 1000), 'second')}`;
  return `${unit(Math.floor(durationMs / 3_600_000), 'hour')} ${unit(Math.floor((durationMs % 3_600_000) / 60_000), 'minute')}`;
}
