import type { DiskName, OpenFolder } from './open-folder.js';

/** Down from an open folder, which stays open; the one it ends at is closed after the work. */
export async function within<Result>(
  from: OpenFolder,
  names: readonly DiskName[],
  work: (folder: OpenFolder) => Promise<Result>,
): Promise<Result> {
  let folder = from;
  try {
    for (const name of names) {
      const next = await folder.folder(name);
      if (folder !== from) await folder.close();
      folder = next;
    }
    return await work(folder);
  } finally {
    if (folder !== from) await folder.close();
  }
}

/** The same, left open for whoever asked: close it. The one it began at may be closed. */
export async function openBelow(from: OpenFolder, names: readonly DiskName[]): Promise<OpenFolder> {
  const last = names.at(-1);
  if (last === undefined) return from.again();
  return within(from, names.slice(0, -1), (folder) => folder.folder(last));
}
