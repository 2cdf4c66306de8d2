import { describe, expect, it } from '@jest/globals';
import { AccessChange, type Grant, type GrantTarget, type TargetAccess } from '@bailiwick/contract';
import {
  type AccessAction,
  type AccessEdit,
  changeEdit,
  conflictsOf,
  countChanges,
  givenTo,
  NO_EDIT,
  nextSetting,
  toChanges,
  toUndo,
  undoReason,
} from './access-edit.rules.ts';
import { aGrant, anException, BOB, CONTAINER, TANIA } from '../../../test/access.ts';

const NOW = Date.parse('2026-01-01T00:00:00.000Z');
const target: GrantTarget = { kind: 'container', id: CONTAINER };
const hers = aGrant({ role: 'operator', allow: ['files.list'], version: 3 });
const saved: Pick<TargetAccess, 'grants' | 'exceptions'> = {
  grants: [hers],
  exceptions: [anException({ role: 'tester', deny: ['containers.logs'], version: 2 })],
};
const tania = {
  principal: hers.principal,
  name: 'Tania',
  start: { role: 'observer', allow: [], deny: [], expiresAt: null },
};
const bob = {
  principal: { kind: 'user', id: BOB },
  name: 'Bob',
  start: { role: 'none', allow: [], deny: [], expiresAt: null },
} as const;
const after = (...actions: AccessAction[]): AccessEdit =>
  actions.reduce((edit, action) => changeEdit(saved, edit, action), NO_EDIT);
const cell = (setting: 'inherit' | 'allow' | 'deny', holder: typeof tania | typeof bob = tania): AccessAction => ({
  type: 'cells',
  holder,
  capabilities: ['containers.stop'],
  setting,
});

describe('a cell', () => {
  it('goes from what the role gives over allowed to denied and back', () => {
    expect(nextSetting('inherit')).toBe('allow');
    expect(nextSetting('allow')).toBe('deny');
    expect(nextSetting('deny')).toBe('inherit');
  });

  it('that comes back to what is saved is no change any more', () => {
    const edit = after(cell('deny'));
    expect(givenTo(saved, edit, TANIA)).toMatchObject({
      role: 'operator',
      allow: ['files.list'],
      deny: ['containers.stop'],
    });
    expect(countChanges(saved, edit)).toBe(1);
    expect(after(cell('deny'), cell('inherit'))).toEqual(NO_EDIT);
  });

  it('is allowed or denied, never both', () => {
    expect(givenTo(saved, after(cell('allow'), cell('deny')), TANIA)).toMatchObject({
      allow: ['files.list'],
      deny: ['containers.stop'],
    });
  });

  it('of somebody who inherits begins a grant of their own with nothing but that, and leaves none when it is undone', () => {
    const edit = after(cell('deny', bob));
    expect(givenTo(saved, edit, BOB)).toEqual({
      role: 'none',
      allow: [],
      deny: ['containers.stop'],
      expiresAt: null,
    });
    expect(toChanges(saved, target, edit)).toMatchObject([{ op: 'grant', version: 0, role: 'none' }]);
    expect(after(cell('deny', bob), cell('inherit', bob))).toEqual(NO_EDIT);
  });
});

describe('an edit', () => {
  it('counts each thing that would be another way, and a row that comes or goes as one', () => {
    expect(
      countChanges(
        saved,
        after(
          cell('deny'),
          { type: 'role', holder: tania, role: 'developer' },
          { type: 'expiry', holder: tania, expiresAt: '2030-01-01T00:00:00.000Z' },
          { type: 'give', holder: bob, to: { ...bob.start, role: 'observer' } },
          { type: 'roleCells', role: 'user', capabilities: ['containers.start', 'containers.stop'], setting: 'allow' },
        ),
      ),
    ).toBe(6);
    expect(countChanges(saved, after({ type: 'revoke', holder: tania }))).toBe(1);
  });

  it('is sent as changes the core takes, each with the version it was made from', () => {
    const changes = toChanges(
      saved,
      target,
      after(
        { type: 'revoke', holder: tania },
        { type: 'roleCells', role: 'tester', capabilities: ['containers.logs'], setting: 'inherit' },
      ),
    );
    expect(changes).toEqual([
      { op: 'revoke', grantId: hers.id, version: 3 },
      { op: 'exception', containerId: CONTAINER, role: 'tester', allow: [], deny: [], version: 2 },
    ]);
    for (const change of changes) expect(AccessChange.safeParse(change).success).toBe(true);
  });

  it('lets go of one row, or of all', () => {
    const edit = after(cell('deny'), { type: 'give', holder: bob, to: { ...bob.start, role: 'observer' } });
    expect([...changeEdit(saved, edit, { type: 'restore', key: BOB }).grants.keys()]).toEqual([TANIA]);
    expect(changeEdit(saved, edit, { type: 'discard' })).toEqual(NO_EDIT);
  });

  it('of somebody new who is taken back again leaves nothing', () => {
    expect(
      after({ type: 'give', holder: bob, to: { ...bob.start, role: 'observer' } }, { type: 'revoke', holder: bob }),
    ).toEqual(NO_EDIT);
  });
});

describe('what somebody else changed meanwhile', () => {
  const theirs = { ...saved, grants: [{ ...hers, deny: ['containers.kill' as const], version: 4 }] };

  it('is found by its version, and sent as it was seen until somebody decides', () => {
    const edit = after(cell('deny'));
    expect(conflictsOf(saved, edit)).toEqual([]);
    expect(conflictsOf(theirs, edit)).toEqual([TANIA]);
    expect(toChanges(theirs, target, edit)).toMatchObject([{ version: 3 }]);
  });

  it('is replaced by what is kept', () => {
    const kept = changeEdit(theirs, after(cell('deny')), { type: 'keep', key: TANIA });
    expect(conflictsOf(theirs, kept)).toEqual([]);
    expect(toChanges(theirs, target, kept)).toMatchObject([{ version: 4, deny: ['containers.stop'] }]);
  });

  it('needs nothing where both want the same', () => {
    const gone = { ...saved, grants: [] };
    expect(changeEdit(gone, after({ type: 'revoke', holder: tania }), { type: 'keep', key: TANIA })).toEqual(NO_EDIT);
  });
});

it('takes back what was saved: what came goes, what went comes again, what changed is as it was', () => {
  const edit = after(
    cell('deny'),
    { type: 'give', holder: bob, to: { ...bob.start, role: 'observer' } },
    { type: 'roleCells', role: 'user', capabilities: ['containers.start'], setting: 'allow' },
  );
  const bobs = aGrant({ principal: bob.principal, version: 1 });
  const changed = {
    grants: [{ ...hers, deny: ['containers.stop' as const], version: 4 }, bobs],
    exceptions: [anException({ role: 'user', allow: ['containers.start'], version: 1 })],
    fallen: 0,
  };
  expect(toUndo(saved, target, edit, changed, NOW)).toEqual([
    {
      op: 'grant',
      principal: tania.principal,
      target,
      role: 'operator',
      allow: ['files.list'],
      deny: [],
      expiresAt: null,
      version: 4,
    },
    { op: 'revoke', grantId: bobs.id, version: 1 },
    { op: 'exception', containerId: CONTAINER, role: 'user', allow: [], deny: [], version: 1 },
  ]);
  const revoked = after({ type: 'revoke', holder: tania });
  expect(toUndo(saved, target, revoked, { grants: [], exceptions: [], fallen: 0 }, NOW)).toMatchObject([
    { op: 'grant', role: 'operator', version: 0 },
  ]);
});

describe('what was lent', () => {
  const soon = '2026-01-02T00:00:00.000Z';
  const later = '2026-01-03T00:00:00.000Z';
  const by = { id: 'usr_zzzzzzzzzzzzzzzz', name: 'Otto' } as const;
  const lent = [
    { capability: 'containers.shell' as const, until: soon, by },
    { capability: 'containers.kill' as const, until: later, by },
    { capability: 'containers.logs' as const, until: later, by },
  ];
  const undoOf = (was: Partial<Grant>, nowMs = NOW) => {
    const on = { ...saved, grants: [aGrant(was)] };
    const revoke = changeEdit(on, NO_EDIT, { type: 'revoke', holder: tania });
    return toUndo(on, target, revoke, { grants: [], exceptions: [], fallen: 0 }, nowMs);
  };

  it('comes again with what is given again, until when it was lent', () => {
    expect(undoOf({ lent })).toMatchObject([
      { op: 'grant', role: 'operator' },
      { op: 'lend', principal: tania.principal, target, capabilities: ['containers.shell'], until: soon },
      { op: 'lend', capabilities: ['containers.kill', 'containers.logs'], until: later },
    ]);
  });

  it('comes alone where nothing else was given, and not at all once it is over', () => {
    const alone = { role: 'none', lent, expiresAt: later };
    expect(undoOf(alone, Date.parse(soon))).toMatchObject([{ op: 'lend', until: later }]);
    expect(undoOf(alone, Date.parse(later))).toEqual([]);
  });

  it('is not lent a second time where it stood through the change', () => {
    const on = { ...saved, grants: [aGrant({ lent })] };
    const edit = changeEdit(on, NO_EDIT, { type: 'role', holder: tania, role: 'developer' });
    const changed = { grants: [aGrant({ role: 'developer', lent, version: 2 })], exceptions: [], fallen: 0 };
    expect(toUndo(on, target, edit, changed, NOW).map(({ op }) => op)).toEqual(['grant']);
  });
});

it('says again why something had been given, where all of it had one reason', () => {
  const on = { ...saved, grants: [aGrant({ reason: 'on call' }), aGrant({ principal: bob.principal, reason: null })] };
  const revoke = changeEdit(on, NO_EDIT, { type: 'revoke', holder: tania });
  expect(undoReason(on, revoke)).toBe('on call');
  expect(undoReason(on, changeEdit(on, revoke, { type: 'revoke', holder: bob }))).toBe('');
});
