const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/** 0.5 s, 1, 2, 4, 8, then every 10 s; `jitter` in 0..1 takes up to a fifth off so that tabs do not come back at once. */
export function retryDelayMs(attempt: number, jitter: number): number {
  const delay = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(delay * (1 - jitter / 5));
}
