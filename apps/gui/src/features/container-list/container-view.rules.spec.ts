import { describe, expect, it } from '@jest/globals';
import { aContainer } from '../../../test/containers.ts';
import { ContainerStatus } from '@bailiwick/contract';
import { STATUSES } from '../containers/container-status.rules.ts';
import {
  arrange,
  filterCount,
  keepOrder,
  projectsIn,
  toFilter,
  PLAIN_VIEW,
  rangeBetween,
  readView,
  turnSort,
  writeView,
  type ContainerView,
} from './container-view.rules.ts';

const ME = 'usr_adaaaaaaaaaaaaaa';

describe('the list and its address', () => {
  it('reads back exactly the view it wrote', () => {
    const views: ContainerView[] = [
      PLAIN_VIEW,
      { ...PLAIN_VIEW, q: 'żółw & co', status: ['running', 'exited'], sort: { key: 'createdAt', descending: true } },
      { ...PLAIN_VIEW, env: 'env_aaaaaaaaaaaaaaaa', peek: 'ct_aaaaaaaaaaaaaaaa', project: 'prj_aaaaaaaaaaaaaaaa' },
    ];
    for (const view of views) {
      expect(readView(Object.fromEntries(new URLSearchParams(writeView(view))))).toEqual(view);
    }
  });

  it('writes nothing for the plain view', () => {
    expect(writeView(PLAIN_VIEW)).toBe('');
  });

  it('takes an address that was made up without harm', () => {
    const view = readView({ status: 'running,nonsense,running', sort: '-nonsense', q: ['a', 'b'], peek: undefined });
    expect(view).toEqual({ ...PLAIN_VIEW, q: 'a', status: ['running'] });
  });

  it('counts the filters that hide rows', () => {
    expect(filterCount(PLAIN_VIEW)).toBe(0);
    expect(filterCount({ ...PLAIN_VIEW, q: ' ', status: ['running'], env: 'x', project: 'y' })).toBe(3);
  });

  it('knows every status of the contract', () => {
    expect([...STATUSES].sort()).toEqual([...ContainerStatus.options].sort());
  });
});

describe('the projects', () => {
  const shop = { id: 'prj_aaaaaaaaaaaaaaaa' as const, name: 'Shop' };
  const lab = { id: 'prj_bbbbbbbbbbbbbbbb' as const, name: 'lab' };
  const containers = [
    aContainer({ project: shop }),
    aContainer(),
    aContainer({ project: lab }),
    aContainer({ project: shop }),
  ];

  it('of containers are told once each, by name', () => {
    expect(projectsIn(containers)).toEqual([lab, shop]);
  });

  it('filter the list', () => {
    expect(containers.filter(toFilter({ ...PLAIN_VIEW, project: shop.id }, ME))).toEqual([
      containers[0],
      containers[3],
    ]);
  });
});

describe('filter and sort', () => {
  const port = { ip: '127.0.0.1', hostPort: 49200, containerPort: 80, protocol: 'tcp' as const };

  it('finds a container by name, image, stack and port, all words needed', () => {
    const container = aContainer({ name: 'shop-web', image: 'nginx:stable', stack: 'shop', ports: [port] });
    for (const q of ['SHOP', 'nginx', 'shop nginx', ':49200', container.id]) {
      expect(toFilter({ ...PLAIN_VIEW, q }, ME)(container)).toBe(true);
    }
    expect(toFilter({ ...PLAIN_VIEW, q: 'shop redis' }, ME)(container)).toBe(false);
  });

  it('sorts names as people count', () => {
    const names = ['web-10', 'web-9', 'Web-1'].map((name) => aContainer({ name }));
    expect(arrange(names, PLAIN_VIEW, ME).map(({ name }) => name)).toEqual(['Web-1', 'web-9', 'web-10']);
  });

  it('puts what needs attention first when sorted by status', () => {
    const rows = (['stopped', 'running', 'exited', 'unhealthy'] as const).map((status) => aContainer({ status }));
    const sorted = arrange(rows, { ...PLAIN_VIEW, sort: { key: 'status', descending: false } }, ME);
    expect(sorted.map(({ status }) => status)).toEqual(['unhealthy', 'exited', 'running', 'stopped']);
  });

  it('turns the direction on the same column and starts afresh on another', () => {
    expect(turnSort({ key: 'name', descending: false }, 'name')).toEqual({ key: 'name', descending: true });
    expect(turnSort({ key: 'name', descending: true }, 'createdAt')).toEqual({ key: 'createdAt', descending: true });
  });

  it('keeps the order a person is pointing at: gone rows leave, new ones wait at the end', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id }));
    expect(
      keepOrder(
        [c, a].flatMap((row) => row ?? []),
        ['a', 'b'],
      ).map(({ id }) => id),
    ).toEqual(['a', 'c']);
    expect(
      keepOrder(
        [b, a].flatMap((row) => row ?? []),
        ['a', 'b'],
      ).map(({ id }) => id),
    ).toEqual(['a', 'b']);
  });

  it('selects a range both ways and only the target where the anchor is gone', () => {
    expect(rangeBetween(['a', 'b', 'c'], 'c', 'b')).toEqual(['b', 'c']);
    expect(rangeBetween(['a', 'b', 'c'], 'x', 'b')).toEqual(['b']);
    expect(rangeBetween(['a'], 'a', 'x')).toEqual([]);
  });
});

describe('whose it is', () => {
  const hers = aContainer({ name: 'hers', owner: { id: 'usr_taniaaaaaaaaaaaa', displayName: 'Tania' } });
  const mine = aContainer({ name: 'mine', status: 'exited', owner: { id: ME, displayName: 'Ada' } });
  const named = (owner: string, status: ContainerView['status'] = []) =>
    arrange([hers, mine, aContainer()], { ...PLAIN_VIEW, owner, status }, ME).map(({ name }) => name);

  it('is asked together with the status, and `me` is who looks', () => {
    expect([named('usr_taniaaaaaaaaaaaa'), named('me')]).toEqual([['hers'], ['mine']]);
    expect([named('me', ['exited']), named('me', ['running'])]).toEqual([['mine'], []]);
  });

  it('is in the address, and counts as a filter', () => {
    const view = readView({ owner: 'me', status: 'exited' });
    expect(writeView(view)).toBe('?status=exited&owner=me');
    expect(filterCount(view)).toBe(2);
  });
});
