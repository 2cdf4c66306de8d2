import { describe, expect, it } from '@jest/globals';
import {
  type Capability,
  CapabilityGroup,
  type GrantablePrincipal,
  isOffered,
  THING_CAPABILITIES,
} from '@bailiwick/contract';
import { aGrant, anAccess, anException, BOB, builtInRoles, TANIA } from '../../../test/access.ts';
import { changeEdit, NO_EDIT } from './access-edit.rules.ts';
import {
  COLUMNS,
  differenceOf,
  groupState,
  holderRows,
  type MatrixFacts,
  roleRows,
  selectRows,
} from './access-matrix.rules.ts';

const TEAM = 'tea_aaaaaaaaaaaaaaaa';
const project = { target: { kind: 'project', id: 'prj_aaaaaaaaaaaaaaaa' }, targetName: 'Shop' } as const;
const tenant = { target: { kind: 'tenant', id: 'ten_aaaaaaaaaaaaaaaa' }, targetName: 'Acme' } as const;
const people: GrantablePrincipal[] = [
  {
    kind: 'user',
    id: TANIA,
    name: 'Tania',
    username: 'tania',
    platformRole: 'member',
    carries: 'tester',
    active: true,
  },
  { kind: 'user', id: BOB, name: 'Bob', username: 'bob', platformRole: 'member', carries: 'user', active: true },
  { kind: 'team', id: TEAM, name: 'support', members: 6 },
];
const facts = (overrides: Partial<MatrixFacts> = {}): MatrixFacts => ({
  access: anAccess(),
  edit: NO_EDIT,
  principals: people,
  roles: builtInRoles(),
  ...overrides,
});
const cellOf = (given: MatrixFacts, capability: Capability, who = TANIA) =>
  holderRows(given)
    .find(({ key }) => key === who)
    ?.cells.get(capability);

describe('the columns', () => {
  it('are the seven groups, with everything that can be handed on on a container and nothing else', () => {
    expect(COLUMNS.map(({ group }) => group)).toEqual(CapabilityGroup.options);
    const all = COLUMNS.flatMap(({ capabilities }) => capabilities);
    expect(all).toContain('containers.restart');
    expect(all).not.toContain('containers.create');
    expect(all).not.toContain('projects.update');
    expect(all.every((each) => isOffered(each) && THING_CAPABILITIES.includes(each))).toBe(true);
    expect(COLUMNS.every(({ capabilities }) => capabilities.length > 0)).toBe(true);
  });
});

describe('a cell', () => {
  it('says whether the role gives it, an exception gives it, an exception takes it, or nobody', () => {
    const given = facts({
      access: anAccess({ grants: [aGrant({ role: 'operator', allow: ['files.list'], deny: ['containers.stop'] })] }),
    });
    expect(cellOf(given, 'containers.restart')?.state).toBe('role');
    expect(cellOf(given, 'files.list')?.state).toBe('exception');
    expect(cellOf(given, 'containers.stop')?.state).toBe('denied');
    expect(cellOf(given, 'files.write')?.state).toBe('none');
  });

  it('is given while it is lent, also what is denied otherwise', () => {
    const by = { id: 'usr_zzzzzzzzzzzzzzzz', name: 'Otto' } as const;
    const lent = [{ capability: 'containers.stop' as const, until: '2030-01-01T00:00:00.000Z', by }];
    const access = anAccess({ grants: [aGrant({ role: 'none', deny: ['containers.stop'], lent })] });
    expect(cellOf(facts({ access }), 'containers.stop')?.state).toBe('exception');
  });

  it('without a role reads by the role its person carries, and varies for a team', () => {
    const access = anAccess({
      grants: [aGrant({ role: null }), aGrant({ role: null, principal: { kind: 'team', id: TEAM } })],
    });
    expect(cellOf(facts({ access }), 'files.list')?.state).toBe('role');
    expect(cellOf(facts({ access }), 'containers.start')?.state).toBe('none');
    expect(cellOf(facts({ access }), 'containers.start', TEAM)?.state).toBe('varies');
  });

  it('follows what a role means on this container, saved or not', () => {
    const access = anAccess({
      grants: [aGrant({ role: 'user' })],
      exceptions: [anException({ role: 'user', deny: ['files.list'] })],
    });
    expect(cellOf(facts({ access }), 'files.list')?.state).toBe('none');
    const edit = changeEdit(access, NO_EDIT, {
      type: 'roleCells',
      role: 'user',
      capabilities: ['files.list'],
      setting: 'inherit',
    });
    expect(cellOf(facts({ access, edit }), 'files.list')).toMatchObject({ state: 'role' });
  });

  it('is inherited from the nearest of what holds the container, which may also take it away', () => {
    const access = anAccess({
      inherited: [
        aGrant({ ...tenant, role: 'operator' }),
        aGrant({ ...project, role: 'observer', deny: ['containers.stop'] }),
      ],
    });
    expect(cellOf(facts({ access }), 'containers.logs')).toMatchObject({
      state: 'inherited',
      source: { targetName: 'Shop' },
    });
    expect(cellOf(facts({ access }), 'containers.start')).toMatchObject({
      state: 'inherited',
      source: { targetName: 'Acme' },
    });
    expect(cellOf(facts({ access }), 'containers.stop')).toMatchObject({
      state: 'withheld',
      source: { targetName: 'Shop' },
    });
  });

  it('is locked where the reader does not hold it, and outlined once it reads otherwise', () => {
    const access = anAccess({ grants: [aGrant({ role: 'operator' })], grantable: ['containers.stop'] });
    expect(cellOf(facts({ access }), 'containers.start')?.locked).toBe(true);
    const [row] = holderRows(facts({ access }));
    if (!row) throw new Error('no row');
    const edit = changeEdit(access, NO_EDIT, {
      type: 'cells',
      holder: row,
      capabilities: ['containers.stop'],
      setting: 'deny',
    });
    expect(cellOf(facts({ access, edit }), 'containers.stop')).toMatchObject({
      locked: false,
      changed: true,
      state: 'denied',
    });
    expect(cellOf(facts({ access, edit }), 'containers.start')?.changed).toBe(false);
    const [now] = holderRows(facts({ access, edit }));
    expect(now && differenceOf(now, row)).toEqual({ gains: [], loses: ['containers.stop'] });
  });
});

describe('a group', () => {
  it('sums up its cells: all, some or none of them, and how many are exceptions', () => {
    const [row] = holderRows(facts({ access: anAccess({ grants: [aGrant({ deny: ['containers.stop'] })] }) }));
    if (!row) throw new Error('no row');
    expect(groupState(row, ['containers.start', 'containers.restart'])).toMatchObject({
      look: 'all',
      allowed: 2,
      exceptions: 0,
    });
    expect(groupState(row, ['containers.start', 'containers.stop'])).toMatchObject({
      look: 'some',
      exceptions: 1,
      setting: 'mixed',
    });
    expect(groupState(row, ['files.write', 'files.list'])).toMatchObject({ look: 'none', setting: 'inherit' });
  });
});

describe('the rows', () => {
  const access = anAccess({
    grants: [aGrant({ role: 'operator', deny: ['containers.stop'] })],
    inherited: [
      aGrant({
        ...project,
        principal: { kind: 'user', id: BOB },
        principalName: 'Bob',
        expiresAt: '2030-01-01T00:00:00.000Z',
      }),
    ],
  });
  const names = (view: Parameters<typeof selectRows>[1]) =>
    selectRows(holderRows(facts({ access })), view).map(({ name }) => name);

  it('are filtered by what was given how, and found by name, user name and role', () => {
    expect(names({ q: '', show: 'all' })).toEqual(['Tania', 'Bob']);
    expect(names({ q: '', show: 'direct' })).toEqual(['Tania']);
    expect(names({ q: '', show: 'inherited' })).toEqual(['Bob']);
    expect(names({ q: '', show: 'exceptions' })).toEqual(['Tania']);
    expect(names({ q: '', show: 'expiring' })).toEqual(['Bob']);
    expect(names({ q: 'BOB', show: 'all' })).toEqual(['Bob']);
    expect(names({ q: 'nobody', show: 'all' })).toEqual([]);
  });

  it('keep what is not saved, whatever the filter', () => {
    const holder = {
      principal: { kind: 'team', id: TEAM },
      name: 'support',
      start: { role: null, allow: [], deny: [], expiresAt: null },
    } as const;
    const edit = changeEdit(access, NO_EDIT, { type: 'give', holder, to: { ...holder.start, role: 'observer' } });
    const rows = selectRows(holderRows(facts({ access, edit })), { q: 'tania', show: 'all' });
    expect(rows.map(({ name, stage }) => `${name} ${stage}`)).toEqual(['Tania saved', 'support new']);
  });

  it('of roles are the tags everybody carries one of, and those in use here', () => {
    expect(roleRows(facts({ access })).map(({ role }) => role)).toEqual([
      'user',
      'moderator',
      'developer',
      'tester',
      'admin',
      'operator',
    ]);
  });
});
