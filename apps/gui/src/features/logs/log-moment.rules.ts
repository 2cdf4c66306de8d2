const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const BACK = /^-\s*(\d{1,5})\s*([smhd])$/;
const CLOCK = /^(?:(yesterday|today)\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** `14:05`, `yesterday 9:00`, `-2h`, `2026-11-12 08:00` in this place's time, or ISO with a zone; null for anything else. */
export function toMoment(typed: string, nowMs: number): Date | null {
  const text = typed.trim().toLowerCase();
  const [, count, unit] = BACK.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) return new Date(nowMs - Number(count) * (UNIT_MS[unit] ?? 0));
  const [isClock, day, ...clock] = CLOCK.exec(text) ?? [];
  if (isClock !== undefined) {
    const today = new Date(nowMs);
    const date = today.getDate() - (day === 'yesterday' ? 1 : 0);
    const moment = localMoment(today.getFullYear(), today.getMonth(), date, clock);
    // A time that is still to come was meant to be the last one there was.
    if (day === undefined && moment && moment.getTime() > nowMs) moment.setDate(moment.getDate() - 1);
    return moment;
  }
  const [isDay, year, month, date, ...time] = DAY.exec(text) ?? [];
  if (isDay !== undefined) return localMoment(Number(year), Number(month) - 1, Number(date), time);
  const atMs = /^\d{4}-\d\d-\d\dt/.test(text) ? Date.parse(typed.trim()) : Number.NaN;
  return Number.isNaN(atMs) ? null : new Date(atMs);
}

function localMoment(year: number, month: number, date: number, clock: readonly (string | undefined)[]): Date | null {
  const [hours = 0, minutes = 0, seconds = 0] = clock.map((part) => Number(part ?? 0));
  if (month > 11 || date > 31 || hours > 23 || minutes > 59 || seconds > 59) return null;
  return new Date(year, month, date, hours, minutes, seconds);
}
