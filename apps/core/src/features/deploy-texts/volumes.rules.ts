import type { NotUnderstoodReason } from '@bailiwick/contract';

export interface ReadVolume {
  readonly name: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** `name:/path[:ro]` or `/path`; a folder of the host is not ours to hand out. */
export function readVolume(text: string): ReadVolume | { readonly reason: NotUnderstoodReason } {
  const [first = '', second, options = '', ...more] = text.split(':');
  if (more.length > 0 || /[\0\n]/.test(text)) return { reason: 'invalid_value' };
  if (second === undefined)
    return first.startsWith('/')
      ? { name: toName(first), target: first, readOnly: false }
      : { reason: 'invalid_value' };
  if (/^[./~\\]/.test(first) || first.includes('/') || /^[A-Za-z]$/.test(first)) return { reason: 'host_path' };
  if (!second.startsWith('/')) return { reason: 'invalid_value' };
  return { name: toName(first), target: second, readOnly: options.split(',').includes('ro') };
}

/** One of ours is `bw_<tenant>_<container>_<name>`; elsewhere a name may hold more than here. */
export function toName(text: string): string {
  const own = /^bw_.+_[a-z2-7]{10}_([a-z0-9-]+)$/.exec(text)?.[1] ?? text;
  const plain = own
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(-30)
    .replace(/^-+/, '');
  return plain === '' ? 'data' : plain;
}
