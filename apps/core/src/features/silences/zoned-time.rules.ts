const DAY_MS = 24 * 3_600_000;

const clocks = new Map<string, Intl.DateTimeFormat>();
function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** What the clocks of a place show then, as if it were UTC. */
export function shownAt(epochMs: number, timeZone: string): number {
  const parts = Object.fromEntries(
    clockOf(timeZone)
      .formatToParts(epochMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * When the clocks of a place show that; `shownMs` as if it were UTC. The first of two moments where clocks are set back;
 * where they are set forward past it, as long after the jump as it was meant to be after it.
 */
export function momentOf(shownMs: number, timeZone: string): number {
  const offsets = [-DAY_MS, DAY_MS].map((away) => shownAt(shownMs + away, timeZone) - (shownMs + away));
  const moments = offsets.map((offset) => shownMs - offset).sort((one, other) => one - other);
  const exact = moments.find((moment) => shownAt(moment, timeZone) === shownMs);
  return exact ?? moments.at(-1) ?? shownMs;
}
