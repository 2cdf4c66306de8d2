import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntryPoints } from '../../src/foundation/access/entry-points.js';
import { startApp, type TestApp } from '../app.js';
import { presetsFolder } from '../factories/deployment.js';
import { Cast, REACHERS, type Reacher } from '../reach/cast.js';
import { type Absent, Matrix } from '../reach/matrix.js';
import { type Relation, RELATIONS, Stage } from '../reach/stage.js';
import { type Line, readTable, toText } from '../reach/table.js';
import { ACCESS_TABLE } from './access-table.js';
import { REACH_TABLE } from './reach-table.js';

const LINES = readTable(REACH_TABLE);
const NAMING = LINES.filter(({ cells }) => cells[0]?.length === RELATIONS.length);

const cellOf = ({ cells }: Line, who: Reacher): string => cells[REACHERS.indexOf(who)] ?? '';
const letterOf = (line: Line, who: Reacher, relation: Relation): string =>
  cellOf(line, who)[RELATIONS.indexOf(relation)] ?? '';

/** What belongs to nobody in particular, or to a whole tenant: the sibling's is one's own as well. */
const IN_COMMON = /^\w+ (environments|presets|roles|sign-in\/providers|tenants)\//;

let core: TestApp;
let matrix: Matrix;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-reach-'));
  writeFileSync(path.join(folder, 'secret'), 'not asked for', { mode: 0o600 });
  const hub = { id: 'hub', kind: 'github', label: 'GitHub', clientId: 'panel', clientSecretFile: 'secret' };
  const providers = path.join(folder, 'providers.json');
  writeFileSync(providers, JSON.stringify({ providers: [hub] }), { mode: 0o600 });
  core = await startApp({
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_TERMINALS_PER_PERSON: '100',
      BAILIWICK_PRESETS_DIR: presetsFolder({ web: {} }),
      BAILIWICK_SIGN_IN_PROVIDERS_FILE: providers,
    },
  });
  const cast = await Cast.assemble(core);
  matrix = new Matrix(core, cast, await Stage.set(core, cast));
});
afterAll(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the table of who reaches what', () => {
  it('has a row for every route there is, and for no other', () => {
    const declared = core.app
      .get(EntryPoints)
      .list()
      .flatMap(({ name }) => (name.startsWith('message ') ? [] : [name]));
    expect(LINES.map(({ route }) => route).sort()).toEqual(declared.sort());
  });

  it('has at least two thousand cells, one for everybody in each row', () => {
    expect(LINES.filter(({ cells }) => cells.length !== REACHERS.length)).toEqual([]);
    expect(LINES.flatMap(({ cells }) => [...cells.join('')]).length).toBeGreaterThanOrEqual(2000);
  });

  it.each(LINES)('holds for $route', async ({ route, cells }) => {
    const { letters, absent } = await matrix.ask(route, cells);
    expect(`${route}\n${toText(letters)}`).toBe(`${route}\n${toText(cells)}`);
    // What is told of what one may not see is told of what is not there, to the byte.
    for (const who of REACHERS) {
      const told = absent.filter((one) => one.who === who && !isSeen(route, one)).map((one) => one.told);
      expect({ who, ways: [...new Set(told)].length }).toEqual({ who, ways: Math.min(1, told.length) });
    }
  });
});

/** Whoever sees the thing itself may be told what about it is not there. */
function isSeen(route: string, { who, relation }: Absent): boolean {
  const [, thing = ''] = /^\w+ (\S+\/:id)\/./.exec(route) ?? [];
  const line = LINES.find((one) => one.route === `GET ${thing}`);
  return line !== undefined && letterOf(line, who, relation) === '+';
}

/** What no row may say, whatever is asked there. */
describe('whatever the table says', () => {
  const breaking = (isBroken: (line: Line) => boolean, lines = LINES) =>
    lines.filter(isBroken).map(({ route }) => route);
  const ofSomebody = NAMING.filter(({ route }) => !IN_COMMON.test(route));
  const isPublic = (route: string) => ACCESS_TABLE.find((row) => row.route === route)?.allow === 'public';

  it('another tenant is no different from what is not there', () => {
    const told = (line: Line, who: Reacher, relation: Relation) =>
      letterOf(line, who, relation) !== letterOf(line, who, 'deleted');
    expect(breaking((line) => told(line, 'outsider', 'sibling') || told(line, 'outsider', 'foreign'), ofSomebody)).toEqual([]); // prettier-ignore
    for (const who of ['member', 'viewer', 'granted', 'elsewhere', 'expired'] as const)
      expect(breaking((line) => told(line, who, 'foreign'), ofSomebody)).toEqual([]);
  });

  it('who was given nothing here, or for no longer, is no different from who was given nothing', () => {
    for (const who of ['elsewhere', 'expired'] as const)
      expect(breaking((line) => cellOf(line, who) !== cellOf(line, 'member'))).toEqual([]);
  });

  it('the outsider does at home what a member does at home', () => {
    expect(breaking((line) => letterOf(line, 'outsider', 'own') !== letterOf(line, 'member', 'own'))).toEqual([]);
  });

  it('a sibling’s thing is no different from what is not there for who was given nothing', () => {
    const told = (line: Line) => letterOf(line, 'member', 'sibling') !== letterOf(line, 'member', 'deleted');
    expect(breaking(told, ofSomebody)).toEqual([]);
  });

  it('nothing is done to what is gone', () => {
    // The trail of who is gone stays, and a role is made by naming it.
    const lasting = ['GET users/:id/activity', 'PUT roles/:name'];
    const isDone = (line: Line) => REACHERS.some((who) => letterOf(line, who, 'deleted') === '+');
    expect(breaking(isDone, NAMING).sort()).toEqual(lasting);
  });

  it('nobody is let in by an id of no shape', () => {
    expect(breaking((line) => REACHERS.some((who) => letterOf(line, who, 'malformed') === '+'), NAMING)).toEqual([]);
  });

  it('a viewer reaches no more than a member', () => {
    const isMore = (line: Line) =>
      [...cellOf(line, 'viewer')].some((letter, at) => letter === '+' && cellOf(line, 'member')[at] !== '+');
    expect(breaking(isMore)).toEqual([]);
  });

  it('a viewer changes nothing but their own account, and leaves and withdraws and asks', () => {
    const isChange = ({ route }: Line) => !route.startsWith('GET ') && !isPublic(route);
    const changing = breaking((line) => isChange(line) && cellOf(line, 'viewer').includes('+'));
    const allowed = changing.map((route) => ACCESS_TABLE.find((row) => row.route === route)?.allow);
    expect(new Set(allowed)).toEqual(new Set(['account.manage', 'account.see']));
  });

  it('who was given operator reaches at least what a member reaches, and administrators what owners reach', () => {
    const isLess = (line: Line) =>
      [...cellOf(line, 'member')].some((letter, at) => letter === '+' && cellOf(line, 'granted')[at] !== '+');
    expect(breaking(isLess)).toEqual([]);
    expect(breaking((line) => cellOf(line, 'administrator') !== cellOf(line, 'owner'))).toEqual([]);
  });

  it('nobody is let in without a name, but where everybody is', () => {
    const isOpen = (line: Line) => [...cellOf(line, 'anonymous')].some((letter) => letter !== '0');
    expect(breaking((line) => isOpen(line) && !isPublic(line.route))).toEqual([]);
  });
});
