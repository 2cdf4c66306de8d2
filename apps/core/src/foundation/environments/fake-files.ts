export type FakeNode =
  | { readonly kind: 'file'; readonly content: Buffer; mode: number; owner: number; mtimeMs: number; id: number }
  | { readonly kind: 'folder'; mode: number; owner: number; mtimeMs: number; id: number }
  | { readonly kind: 'link'; readonly target: string; mode: number; owner: number; mtimeMs: number; id: number };

const TYPE_BITS = { file: 0o100_000, folder: 0o040_000, link: 0o120_000 } as const;
const MOST_LINKS = 40;

/** The files a pretended container has, as its programs see them. */
export class FakeFiles {
  private readonly nodes = new Map<string, FakeNode>();
  private made = 0;

  constructor(private readonly nowMs: () => number) {
    this.nodes.set('/', { kind: 'folder', ...this.fresh(0o755) });
    for (const folder of ['/etc', '/tmp']) this.makeFolder(folder);
    this.write('/etc/hostname', Buffer.from('pretended\n'));
  }

  makeFolder(path: string): void {
    if (this.nodes.has(path)) return;
    this.makeFolder(parentOf(path));
    this.nodes.set(path, { kind: 'folder', ...this.fresh(0o755) });
  }

  write(path: string, content: Buffer): void {
    this.makeFolder(parentOf(path));
    const before = this.nodes.get(path);
    const fresh = this.fresh(0o644);
    const facts = before ? { ...fresh, mode: before.mode, owner: before.owner } : fresh;
    this.nodes.set(path, { kind: 'file', content, ...facts });
  }

  link(path: string, target: string): void {
    this.makeFolder(parentOf(path));
    this.nodes.set(path, { kind: 'link', target, ...this.fresh(0o777) });
  }

  get(path: string): FakeNode | undefined {
    return this.nodes.get(path);
  }

  /** With all that is in it. */
  move(from: string, to: string): void {
    const all = this.below(from);
    for (const [path] of all) this.nodes.delete(path);
    for (const [path, node] of all) this.nodes.set(`${to}${path.slice(from.length)}`, node);
  }

  copy(from: string, to: string): void {
    for (const [path, node] of this.below(from))
      this.nodes.set(`${to}${path.slice(from.length)}`, { ...node, id: (this.made += 1) });
  }

  remove(path: string): void {
    for (const [each] of this.below(path)) this.nodes.delete(each);
  }

  /** A thing, and all that is in it. */
  below(path: string): Array<[string, FakeNode]> {
    return [...this.nodes].filter(([each]) => each === path || each.startsWith(`${path}/`));
  }

  /** The paths directly in a folder. */
  in(folder: string): string[] {
    return [...this.nodes.keys()].filter((path) => path !== '/' && parentOf(path) === folder);
  }

  /** Where a path leads when every link is followed; its last part need not exist. */
  realPath(path: string, links = 0): string | undefined {
    if (links > MOST_LINKS) return undefined;
    let at = '/';
    const parts = path.split('/').filter((part) => part !== '');
    for (const [index, part] of parts.entries()) {
      const next = at === '/' ? `/${part}` : `${at}/${part}`;
      const node = this.nodes.get(next);
      const rest = parts.slice(index + 1);
      if (node?.kind === 'link') {
        const target = node.target.startsWith('/') ? node.target : `${at}/${node.target}`;
        return this.realPath([target, ...rest].join('/'), links + 1);
      }
      if (rest.length > 0 && node?.kind !== 'folder') return undefined;
      at = next;
    }
    return at;
  }

  private fresh(mode: number) {
    return { mode, owner: 0, mtimeMs: this.nowMs(), id: (this.made += 1) };
  }
}

/** Its kind and rights in one number, as `stat` tells it. */
export const modeOf = ({ kind, mode }: FakeNode): number => TYPE_BITS[kind] + mode;

export const sizeOf = (node: FakeNode): number => (node.kind === 'file' ? node.content.length : 0);

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
