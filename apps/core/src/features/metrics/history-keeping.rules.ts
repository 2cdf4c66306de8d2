import type { HistoryFile } from './history-folder.driver.js';

const DAY_MS = 86_400_000;
/** What is older is not in any tier. */
const KEPT_MS = 30 * DAY_MS;
/** A day longer than the bin keeps what could come back with it. */
const KEPT_GONE_MS = 8 * DAY_MS;

/** Those that say nothing any more, and the oldest beyond what all may take; of what is still there, last of all. */
export function toRemove(
  files: readonly HistoryFile[],
  isThere: (id: string) => boolean,
  { nowMs, mostBytes }: { nowMs: number; mostBytes: number },
): HistoryFile[] {
  const isOver = ({ id, writtenAtMs }: HistoryFile) => nowMs - writtenAtMs > (isThere(id) ? KEPT_MS : KEPT_GONE_MS);
  const over = files.filter(isOver);
  const kept = files
    .filter((file) => !isOver(file))
    .sort((one, other) => Number(isThere(one.id)) - Number(isThere(other.id)) || one.writtenAtMs - other.writtenAtMs);
  let bytes = kept.reduce((all, file) => all + file.bytes, 0);
  for (const file of kept) {
    if (bytes <= mostBytes) break;
    over.push(file);
    bytes -= file.bytes;
  }
  return over;
}
