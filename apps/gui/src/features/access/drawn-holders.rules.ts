/**
 * The rows to draw, with the one that has the focus and those beside it. From outside of the rows the arrow keys and
 * the Tab key lead to the first and to the last.
 */
export function withNeighbours(seen: readonly number[], active: number, count: number): number[] {
  const kept = active === -1 ? [0, count - 1] : [active - 1, active, active + 1];
  const all = new Set([...seen, ...kept.filter((index) => index >= 0 && index < count)]);
  return [...all].sort((one, other) => one - other);
}
