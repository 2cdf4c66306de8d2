import type { FileRoot } from '@bailiwick/contract';

export const inFolder = (folder: string, name: string): string => (folder === '/' ? `/${name}` : `${folder}/${name}`);

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The folder something is in; the root is in itself. */
export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/')) || '/';

export interface Crumb {
  name: string;
  path: string;
}

/** Every folder on the way, the root first. */
export function crumbsOf(path: string): Crumb[] {
  const names = path.split('/').filter(Boolean);
  return [
    { name: '/', path: '/' },
    ...names.map((name, at) => ({ name, path: `/${names.slice(0, at + 1).join('/')}` })),
  ];
}

export const isWithin = (path: string, folder: string): boolean =>
  folder === '/' || path === folder || path.startsWith(`${folder}/`);

/** The innermost of the roots it lies in. */
export function rootOf(path: string, roots: readonly FileRoot[]): FileRoot | undefined {
  return roots
    .filter((root) => isWithin(path, root.path))
    .reduce<FileRoot | undefined>(
      (found, root) => (found === undefined || root.path.length > found.path.length ? root : found),
      undefined,
    );
}

/** What was typed as a path, in the one spelling the core takes. */
export function toTypedPath(typed: string): string {
  const names = typed.trim().split('/').filter(Boolean);
  return `/${names.join('/')}`;
}

/** Where a link in a folder says it leads. */
export function toTarget(folder: string, target: string): string {
  const names: string[] = [];
  for (const name of `${target.startsWith('/') ? '' : folder}/${target}`.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}
