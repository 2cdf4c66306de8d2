import { describe, expect, it } from '@jest/globals';
import { isWithin, ownPlaces, reachedFolders, sharedFolders } from './shared-folders.rules.js';

const WORKSPACES = '/srv/bailiwick/workspaces';
const mount = (some: object) => ({ type: 'volume', name: null, source: null, target: '/x', ...some });

describe('what a container shares', () => {
  it('is where its data is kept first, then the folders of its kind, each once', () => {
    const site = { image: 'caddy:2', workingDir: '/srv', places: ['/usr//share/caddy/', '/app'] };
    expect(sharedFolders(site)).toEqual(['/usr/share/caddy', '/app', '/srv', '/data']);
    expect(sharedFolders({ image: 'busybox', workingDir: '/opt/tool', places: [] })).toEqual(['/opt/tool']);
  });

  it('is never all of it, and nothing that is the engine’s', () => {
    const shared = sharedFolders({
      image: 'busybox',
      workingDir: '/',
      places: ['/', '/proc', '/sys/x', '/dev', '/a/..'],
    });
    expect(shared).toEqual(['/data']);
  });

  it('counts what the panel mounted: no folder of the host, no volume of somebody else', () => {
    const own = [
      mount({ name: 'bw_default_abc_data', target: '/data' }),
      mount({ type: 'bind', source: `${WORKSPACES}/default/ct_aaaaaaaaaaaaaaaa`, target: '/app' }),
    ];
    const foreign = [
      mount({ name: 'postgres', target: '/other' }),
      mount({ name: 'a'.repeat(64), target: '/unnamed' }),
      mount({ type: 'bind', source: '/home/anna', target: '/home' }),
      mount({ type: 'bind', source: `${WORKSPACES}/default/../../keys`, target: '/keys' }),
      mount({ type: 'bind', source: WORKSPACES, target: '/all' }),
      mount({ type: 'tmpfs', target: '/tmp' }),
    ];
    expect(ownPlaces([...own, ...foreign], WORKSPACES)).toEqual(['/data', '/app']);
    expect(ownPlaces([...own, ...foreign], null)).toEqual(['/data']);
  });

  it('is narrowed by a root, never widened, and shut by one that is not shared any longer', () => {
    const shared = ['/data', '/app'];
    expect(reachedFolders(shared, null)).toEqual(shared);
    expect(reachedFolders(shared, '/data/public')).toEqual(['/data/public']);
    expect(reachedFolders(shared, '/app')).toEqual(['/app']);
    for (const root of ['/', '/etc', '/database']) expect(reachedFolders(shared, root)).toEqual([]);
  });

  it('holds a path by whole names', () => {
    expect(isWithin('/app/x', ['/srv', '/app'])).toBe(true);
    expect(isWithin('/apple', ['/app'])).toBe(false);
  });
});
