import { describe, expect, it } from '@jest/globals';
import { isPersistent, kindOfRoot, mountOf } from './mounts.rules.js';

const WORKSPACES = '/srv/storage/workspaces';
const mount = (type: string, target: string, { name = null, source = null }: { name?: string | null; source?: string | null } = {}) => ({ type, name, source, target, readOnly: false }); // prettier-ignore
const MOUNTS = [
  mount('bind', '/app', { source: `${WORKSPACES}/default/ct_aaaaaaaaaaaaaaaa` }),
  mount('volume', '/app/data/', { name: 'bw_default_shop_data' }),
  mount('bind', '/host', { source: '/etc' }),
  mount('tmpfs', '/app/cache'),
];

describe('what a path lies on', () => {
  it('is the deepest mount it is in, by whole names', () => {
    expect(mountOf('/app/x', MOUNTS)?.target).toBe('/app');
    expect(mountOf('/app/data', MOUNTS)?.target).toBe('/app/data/');
    expect(mountOf('/app/data/x', MOUNTS)?.target).toBe('/app/data/');
    expect(mountOf('/app/database', MOUNTS)?.target).toBe('/app');
    expect(mountOf('/apple', MOUNTS)).toBeUndefined();
  });

  it('stays when the container is made anew, unless it is in memory or in no mount', () => {
    expect(['/app/x', '/app/data/x', '/host/x'].every((path) => isPersistent(path, MOUNTS))).toBe(true);
    expect(['/app/cache/x', '/etc', '/'].some((path) => isPersistent(path, MOUNTS))).toBe(false);
  });

  it('is a workspace, a volume, or of the container', () => {
    const kinds = ['/app', '/app/data', '/host', '/app/cache', '/'].map((path) => kindOfRoot(path, MOUNTS, WORKSPACES));
    expect(kinds).toEqual(['workspace', 'volume', 'volume', 'container', 'container']);
    expect(kindOfRoot('/app', MOUNTS, null)).toBe('volume');
  });
});
