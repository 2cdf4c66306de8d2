import { describe, expect, it } from '@jest/globals';
import type { GrantablePrincipal } from '@bailiwick/contract';
import { aGrant, anAccess, BOB, builtInRoles, TANIA } from '../../../test/access.ts';
import { changeEdit, givenTo, NO_EDIT } from './access-edit.rules.ts';
import { holderRows, type MatrixFacts, roleRows } from './access-matrix.rules.ts';
import { fillColumn, isInRange, pressRange, rangeBetween } from './cell-range.rules.ts';

const ROWS = ['ada', 'ben', 'cleo'];
const COLS = ['see', 'start', 'stop', 'kill'];
const at = (row: string, col: string) => ({ row, col });

const principals: GrantablePrincipal[] = [];
const facts = (overrides: Partial<MatrixFacts> = {}): MatrixFacts => ({
  access: anAccess({
    grants: [
      aGrant({ role: 'operator' }),
      aGrant({
        principal: { kind: 'user', id: BOB },
        principalName: 'Bob',
        role: 'observer',
        deny: ['containers.logs'],
      }),
    ],
  }),
  edit: NO_EDIT,
  principals,
  roles: builtInRoles(),
  ...overrides,
});

describe('a range of cells', () => {
  it('is the rectangle between two cells, in whichever direction it was drawn', () => {
    const range = { rows: ['ada', 'ben'], cols: ['start', 'stop'] };
    expect(rangeBetween(ROWS, COLS, at('ada', 'start'), at('ben', 'stop'))).toEqual(range);
    expect(rangeBetween(ROWS, COLS, at('ben', 'start'), at('ada', 'stop'))).toEqual(range);
    expect(isInRange(range, at('ben', 'start'))).toBe(true);
    expect(isInRange(range, at('cleo', 'start'))).toBe(false);
    expect(isInRange(null, at('ben', 'start'))).toBe(false);
  });

  it('is none of one cell alone, and none where an end of it is not shown any more', () => {
    expect(rangeBetween(ROWS, COLS, at('ada', 'see'), at('ada', 'see'))).toBeNull();
    expect(rangeBetween(ROWS, COLS, at('gone', 'see'), at('ben', 'stop'))).toBeNull();
    expect(rangeBetween(ROWS, COLS, at('ada', 'role'), at('ben', 'stop'))).toBeNull();
    expect(rangeBetween(ROWS, COLS, null, at('ben', 'stop'))).toBeNull();
  });

  it('becomes the next of what all of it says; allowed, where its cells differ', () => {
    const rows = holderRows(facts());
    expect(pressRange(rows, ['containers.stop', 'containers.kill'])).toMatchObject({ setting: 'allow', cells: 4 });
    expect(pressRange(rows, ['containers.stop', 'containers.logs'])).toMatchObject({ setting: 'allow', cells: 4 });
    expect(pressRange(rows.slice(1), ['containers.logs'])).toMatchObject({ setting: 'inherit', cells: 1 });
  });

  it('leaves alone, and counts, what is not the reader’s to give', () => {
    const access = { ...facts().access, grantable: ['containers.stop' as const] };
    const changes = pressRange(holderRows(facts({ access })), ['containers.stop', 'containers.kill']);
    expect(changes).toMatchObject({ cells: 2, locked: 2 });
    expect(changes.actions).toMatchObject([
      { type: 'cells', capabilities: ['containers.stop'] },
      { type: 'cells', capabilities: ['containers.stop'] },
    ]);
    expect(pressRange(holderRows(facts({ access })), ['containers.kill'])).toMatchObject({ actions: [], locked: 2 });
  });

  it('reaches over people and what roles mean', () => {
    const { actions } = pressRange([...holderRows(facts()), ...roleRows(facts())].slice(1, 3), ['containers.stop']);
    expect(actions.map(({ type }) => type)).toEqual(['cells', 'roleCells']);
  });
});

describe('a column', () => {
  it('is allowed for all who may not yet, and leaves those who do as they are', () => {
    const { access } = facts();
    const changes = fillColumn(holderRows(facts()), ['containers.stop'], 'allow');
    expect(changes).toMatchObject({ cells: 1, locked: 0, revoked: 0 });
    const edit = changeEdit(access, NO_EDIT, { type: 'all', actions: changes.actions });
    expect(givenTo(access, edit, BOB)?.allow).toEqual(['containers.stop']);
    expect(givenTo(access, edit, TANIA)?.allow).toEqual([]);
  });

  it('is cleared of its exceptions only', () => {
    expect(fillColumn(holderRows(facts()), ['containers.logs'], 'inherit')).toMatchObject({ cells: 1 });
    expect(fillColumn(holderRows(facts()), ['containers.stop'], 'inherit')).toMatchObject({ actions: [], cells: 0 });
  });

  it('gives nothing to whom everything is just being taken from', () => {
    const [, bob] = holderRows(facts());
    if (!bob) throw new Error('Bob is missing.');
    const edit = changeEdit(facts().access, NO_EDIT, { type: 'revoke', holder: bob });
    expect(fillColumn(holderRows(facts({ edit })), ['containers.stop'], 'allow')).toMatchObject({
      actions: [],
      cells: 0,
      revoked: 1,
    });
  });
});
