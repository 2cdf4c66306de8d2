import { inFolder, isWithin, nameOf } from '../files/file-path.rules.ts';

/** What is known of what is in a folder. */
export interface Known {
  folders: readonly string[];
  /** Its folders are not known yet, or could not be read. */
  state: 'read' | 'loading' | 'failed';
}
export interface TreeRow {
  path: string;
  name: string;
  level: number;
  /** Of its siblings, from one on. */
  position: number;
  siblings: number;
  /** `leaf`: it is open and has no folders in it. */
  state: 'closed' | 'open' | 'leaf' | 'loading' | 'failed';
}

/** What is shown of a tree, from its top on. */
export function treeRows(
  roots: readonly string[],
  open: ReadonlySet<string>,
  known: ReadonlyMap<string, Known>,
): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (paths: readonly string[], level: number) => {
    for (const [at, path] of paths.entries()) {
      const within = known.get(path);
      const name = level === 1 ? path : nameOf(path);
      rows.push({
        path,
        name,
        level,
        position: at + 1,
        siblings: paths.length,
        state: stateOf(open.has(path), within),
      });
      if (open.has(path) && within)
        add(
          within.folders.map((folder) => inFolder(path, folder)),
          level + 1,
        );
    }
  };
  add(roots, 1);
  return rows;
}

function stateOf(isOpen: boolean, known: Known | undefined): TreeRow['state'] {
  if (!isOpen) return 'closed';
  if (known === undefined || known.state === 'loading') return 'loading';
  if (known.state === 'failed') return 'failed';
  return known.folders.length === 0 ? 'leaf' : 'open';
}

/** The folders from a root down to where a path is, and itself; none where it is in no root. */
export function wayTo(path: string, roots: readonly string[]): string[] {
  const root = roots.filter((each) => isWithin(path, each)).toSorted((one, other) => other.length - one.length)[0];
  if (root === undefined) return [];
  const names = path.slice(root.length).split('/').filter(Boolean);
  return [root, ...names.map((_, at) => names.slice(0, at + 1).reduce(inFolder, root))];
}

export type TreeMove = { to: number } | { open: boolean } | null;

/** What a key does on a row, as trees have it: in and out by the arrows, else up and down. */
export function treeMove(key: string, rows: readonly TreeRow[], at: number): TreeMove {
  const row = rows[at];
  if (row === undefined) return null;
  const isOpen = row.state !== 'closed';
  switch (key) {
    case 'ArrowDown':
      return { to: Math.min(at + 1, rows.length - 1) };
    case 'ArrowUp':
      return { to: Math.max(at - 1, 0) };
    case 'Home':
      return { to: 0 };
    case 'End':
      return { to: rows.length - 1 };
    case 'ArrowRight':
      if (!isOpen) return { open: true };
      return { to: rows[at + 1]?.level === row.level + 1 ? at + 1 : at };
    case 'ArrowLeft':
      if (isOpen && row.state !== 'leaf') return { open: false };
      return {
        to: Math.max(
          0,
          rows.slice(0, at).findLastIndex(({ level }) => level < row.level),
        ),
      };
    default:
      return null;
  }
}
