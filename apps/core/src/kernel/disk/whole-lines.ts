import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

const LINE_FEED = 10;

/** Ends what a core that was killed was writing at its last whole line; answers how many bytes it has then. */
export function endAtLastLine(place: string): number {
  const file = openSync(place, constants.O_RDWR | constants.O_NOFOLLOW);
  try {
    let { size } = fstatSync(file);
    const last = Buffer.alloc(1);
    while (size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== LINE_FEED) size -= 1;
    ftruncateSync(file, size);
    return size;
  } finally {
    closeSync(file);
  }
}
