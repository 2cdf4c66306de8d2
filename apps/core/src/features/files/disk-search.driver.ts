import { isUtf8 } from 'node:buffer';
import { codeOf, isMissing, type OpenFolder, whatIs, WrongThing } from '../../kernel/disk/open-folder.js';
import { type FileSearch, LineFinder } from './file-search.rules.js';
import { BIN, inFolder, isTypable } from './files.rules.js';

const PIECE_BYTES = 256 * 1024;
const CLOSED: ReadonlySet<string> = new Set(['EACCES', 'EPERM']);

/** Looks through an open folder and what is below it; no link is followed, only plain files are opened. */
export async function searchDisk(folder: OpenFolder, path: string, search: FileSearch, depth = 0): Promise<void> {
  const names = (await folder.names())
    .filter(isUtf8)
    .map((name) => name.toString('utf8'))
    .filter((name) => isTypable(name) && !(depth === 0 && name === BIN))
    .sort();
  const folders: string[] = [];
  for (const name of names) {
    if (search.isOver) return;
    const stats = await folder.find(name);
    if (!stats || !search.takeEntry()) continue;
    const kind = whatIs(stats);
    const at = inFolder(path, name);
    if (kind === 'folder') folders.push(name);
    if (!search.fitsName(name)) continue;
    if (search.wish.text === undefined) search.addName(at, kind);
    else if (kind === 'file') await orLeaveOut(search, () => searchFile(folder, name, at, search));
  }
  for (const name of folders) {
    if (search.isOver) return;
    const at = inFolder(path, name);
    if (search.apart.has(at)) continue;
    if (depth >= search.bounds.mostDeep) search.leftOut += 1;
    else await orLeaveOut(search, () => searchFolder(folder, name, at, search, depth + 1));
  }
}

async function searchFolder(
  parent: OpenFolder,
  name: string,
  path: string,
  search: FileSearch,
  depth: number,
): Promise<void> {
  const folder = await parent.folder(name);
  try {
    await searchDisk(folder, path, search, depth);
  } finally {
    await folder.close();
  }
}

async function searchFile(folder: OpenFolder, name: string, path: string, search: FileSearch): Promise<void> {
  const { wish, bounds } = search;
  const { file, stats } = await folder.openFile(name);
  try {
    if (Number(stats.size) > bounds.mostBytesOfOne) {
      search.leftOut += 1;
      return;
    }
    const finder = new LineFinder({ text: wish.text ?? '', matchCase: wish.matchCase }, bounds.mostLinesOfOne);
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    for (let at = 0; at < bounds.mostBytesOfOne && !finder.isDone && !search.isOver;) {
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      search.takeBytes(bytesRead);
      finder.push(piece.subarray(0, bytesRead));
    }
    finder.end();
    search.addLines(path, finder.lines);
  } finally {
    await file.close();
  }
}

/** What goes meanwhile is nothing to find; what is not to be opened is counted. */
async function orLeaveOut(search: FileSearch, look: () => Promise<void>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (isMissing(error)) return;
    if (!(error instanceof WrongThing) && !CLOSED.has(codeOf(error) ?? '')) throw error;
    search.leftOut += 1;
  }
}
