import { describe, expect, it } from '@jest/globals';
import type { ListContainers } from '@bailiwick/contract';
import fc from 'fast-check';
import { aContainer } from '../../../test/factories/container.js';
import { select, toPage } from './container-list.rules.js';
import { type BareContainer, toBareContainer } from './containers.rules.js';

const bare = (...[overrides]: Parameters<typeof aContainer>): BareContainer =>
  toBareContainer(aContainer(overrides), {
    online: true,
    stoppedOnPurpose: false,
    operationId: null,
    projectName: null,
    address: null,
  });
const names = (containers: readonly BareContainer[]) => containers.map(({ name }) => name);
const sorted = (containers: BareContainer[], sort: ListContainers['sort']) =>
  names(toPage(containers, { sort, cursor: undefined, limit: 100 }).items);

const web = bare({
  name: 'Web-1',
  image: 'nginx:stable',
  ports: [{ ip: '127.0.0.1', hostPort: 49200, containerPort: 80, protocol: 'tcp' }],
});
const database = bare({
  name: 'db',
  image: 'postgres:17',
  state: 'exited',
  exitCode: 0,
  environmentId: 'env_bbbbbbbbbbbbbbbb',
});

describe('what a query finds', () => {
  it.each([
    ['web', ['Web-1']],
    ['WEB', ['Web-1']],
    ['postgres', ['db']],
    ['49200', ['Web-1']],
    ['80/tcp', ['Web-1']],
    [':49200', ['Web-1']],
    [web.id, ['Web-1']],
    [web.id.slice(0, 9), ['Web-1']],
    [web.id.slice(3), []],
    ['web nginx', ['Web-1']],
    ['web postgres', []],
    ['  ', ['Web-1', 'db']],
    ['.*', []],
  ])('%j: %j', (q, found) => {
    expect(names(select([web, database], { q }))).toEqual(found);
  });

  it('is only what has one of the statuses', () => {
    expect(names(select([web, database], { status: ['stopped', 'killed'] }))).toEqual(['db']);
  });

  it('is only what is in that environment and tenant; a place that does not exist holds nothing', () => {
    expect(names(select([web, database], { environmentId: 'env_bbbbbbbbbbbbbbbb' }))).toEqual(['db']);
    expect(names(select([web, database], { environmentId: null }))).toEqual([]);
    expect(names(select([web, database], { tenantId: web.tenantId }))).toEqual(['Web-1', 'db']);
    expect(names(select([web, database], { tenantId: null }))).toEqual([]);
  });
});

describe('the project', () => {
  const project = 'prj_aaaaaaaaaaaaaaaa';
  const linked = toBareContainer(aContainer({ name: 'linked', projectId: project }), {
    online: true,
    stoppedOnPurpose: false,
    operationId: null,
    projectName: 'Shop',
    address: null,
  });

  it('of a container stands on it by name, and finds it', () => {
    expect([web.project, linked.project]).toEqual([null, { id: project, name: 'Shop' }]);
    expect(names(select([web, linked], { projectId: project }))).toEqual(['linked']);
    expect(names(select([web, linked], { projectId: 'prj_bbbbbbbbbbbbbbbb' }))).toEqual([]);
  });
});

describe('the owner', () => {
  const owner = { id: 'usr_aaaaaaaaaaaaaaaa', displayName: 'Tania' } as const;

  it('finds what somebody deployed, and nothing that nobody did', () => {
    const containers = [{ ...web, owner }, web];
    expect(names(select(containers, { ownerId: owner.id }))).toEqual([web.name]);
    expect(select([web], { ownerId: 'usr_bbbbbbbbbbbbbbbb' })).toEqual([]);
  });
});

describe('the order', () => {
  it('counts numbers in names as people do', () => {
    const containers = ['web-10', 'web-2', 'web-1'].map((name) => bare({ name }));
    expect(sorted(containers, 'name')).toEqual(['web-1', 'web-2', 'web-10']);
    expect(sorted(containers, '-name')).toEqual(['web-10', 'web-2', 'web-1']);
  });

  it('puts what needs a look first', () => {
    const containers = [
      bare({ name: 'stopped', state: 'exited', exitCode: 0 }),
      bare({ name: 'running' }),
      bare({ name: 'sick', health: 'unhealthy' }),
      bare({ name: 'failed', state: 'exited', exitCode: 1 }),
    ];
    expect(sorted(containers, 'status')).toEqual(['sick', 'failed', 'running', 'stopped']);
  });

  it('goes by the moment of creation', () => {
    const containers = [3, 1, 2].map((day) => bare({ name: `day ${day}`, createdAtMs: Date.UTC(2026, 0, day) }));
    expect(sorted(containers, '-createdAt')).toEqual(['day 3', 'day 2', 'day 1']);
  });
});

describe('pages', () => {
  const SORTS = ['name', '-name', 'status', '-status', 'image', '-image', 'createdAt', '-createdAt'] as const;

  it('show everything once, in order, whatever the size', () => {
    const someName = fc.constantFrom('a', 'b', 'B', 'web-1', 'web-10', 'ä');
    fc.assert(
      fc.property(
        fc.array(someName, { maxLength: 30 }),
        fc.constantFrom(...SORTS),
        fc.integer({ min: 1, max: 7 }),
        (all, sort, limit) => {
          const containers = all.map((name) => bare({ name, image: name }));
          const whole = toPage(containers, { sort, cursor: undefined, limit: 100 });
          const read: BareContainer[] = [];
          let cursor: string | undefined;
          do {
            const page = toPage(containers, { sort, cursor, limit });
            read.push(...page.items);
            cursor = page.nextCursor;
          } while (cursor !== undefined);
          expect(read).toEqual(whole.items);
          expect(whole.nextCursor).toBeUndefined();
        },
      ),
    );
  });

  it('go on at the right place when what was read last is gone', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => bare({ name }));
    const { nextCursor } = toPage(
      [a, b, c].flatMap((one) => one ?? []),
      { sort: 'name', cursor: undefined, limit: 2 },
    );
    const rest = [a, c].flatMap((one) => one ?? []);
    expect(names(toPage(rest, { sort: 'name', cursor: nextCursor, limit: 2 }).items)).toEqual(['c']);
  });

  it.each([
    '',
    'nonsense',
    Buffer.from('[]').toString('base64url'),
    Buffer.from('["-name","a","ct_a"]').toString('base64url'),
  ])('refuse a cursor that is not of this list: %j', (cursor) => {
    expect(() => toPage([web], { sort: 'name', cursor, limit: 1 })).toThrow(
      expect.objectContaining({ status: 400, params: { issues: [expect.objectContaining({ path: 'cursor' })] } }),
    );
  });
});
