import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { EntryPoints } from '../../src/foundation/access/entry-points.js';
import { addressOf } from '../address.js';
import { startApp, type TestApp } from '../app.js';
import { seenOnEngine } from '../fake-engine.js';
import { openSession, signIn, type SignedInPerson } from '../sign-in.js';
import { ACCESS_TABLE, ASKING, type AccessRow, type Asking } from './access-table.js';

const NOBODYS: Readonly<Record<string, string>> = {
  audit: 'aud_aaaaaaaaaaaaaaaa',
  containers: 'ct_aaaaaaaaaaaaaaaa',
  drafts: 'dr_aaaaaaaaaaaaaaaa',
  environments: 'env_aaaaaaaaaaaaaaaa',
  exports: 'op_aaaaaaaaaaaaaaaa',
  invitations: 'inv_aaaaaaaaaaaaaaaa',
  operations: 'op_aaaaaaaaaaaaaaaa',
  passkeys: 'pky_aaaaaaaaaaaaaaaa',
  presets: 'no-such-preset',
  projects: 'prj_aaaaaaaaaaaaaaaa',
  providers: 'no-such-provider',
  quotas: 'ten_aaaaaaaaaaaaaaaa',
  requests: 'ask_aaaaaaaaaaaaaaaa',
  alerts: 'alr_aaaaaaaaaaaaaaaa',
  silences: 'sil_aaaaaaaaaaaaaaaa',
  channels: 'chn_aaaaaaaaaaaaaaaa',
  plugins: 'plg_aaaaaaaaaaaaaaaa',
  dashboards: 'da_aaaaaaaaaaaaaaaa',
  roles: 'no-such-role',
  sessions: 'ses_aaaaaaaaaaaaaaaa',
  teams: 'tea_aaaaaaaaaaaaaaaa',
  tenants: 'no-such-tenant',
  terminals: 'tty_aaaaaaaaaaaaaaaa',
  uploads: 'up_aaaaaaaaaaaaaaaa',
  'background-commands': 'cmd_aaaaaaaaaaaaaaaa',
  tokens: 'tok_aaaaaaaaaaaaaaaa',
  users: 'usr_aaaaaaaaaaaaaaaa',
  volumes: 'vol_aaaaaaaaaaaaaaaa',
};
const CONTAINER_ROWS = ACCESS_TABLE.filter(({ route }) => route.includes('containers/:id'));
const cells = (rows: readonly AccessRow[], asking: readonly Asking[]) =>
  rows.flatMap((row) => asking.map((who) => ({ ...row, who, answer: row.answers[ASKING.indexOf(who)] })));

describe('access', () => {
  let app: TestApp;
  const people = new Map<Asking, SignedInPerson>();
  beforeAll(async () => {
    app = await startApp();
    for (const platformRole of ['owner', 'administrator', 'member', 'viewer'] as const)
      people.set(platformRole, await signIn(app, { platformRole }));
  });
  afterAll(() => app.close());

  /** A session of its own each time: some routes end it. */
  async function ask(who: Asking, route: string, ids: Readonly<Record<string, string>> = NOBODYS) {
    const [method = '', declared = ''] = route.split(' ');
    const path = declared.replace(/([a-z-]+)\/:\w+/g, (_, noun: string) => `${noun}/${ids[noun] ?? 'nothing'}`);
    const person = people.get(who);
    const headers = person ? (await openSession(app, person.user)).headers : {};
    const asked = request(app.url)[toVerb(method)](addressOf(path)).set(headers);
    return method === 'GET' ? asked : asked.send({});
  }

  it('is declared for every route in the reviewed table, and for nothing else', () => {
    const routes = app.app
      .get(EntryPoints)
      .list()
      .filter(({ name }) => !name.startsWith('message '))
      .map(({ name, allow, isPublic }) => `${name} | ${isPublic ? 'public' : allow}`);
    expect(routes.sort()).toEqual(ACCESS_TABLE.map(({ route, allow }) => `${route} | ${allow}`).sort());
  });

  it.each(cells(ACCESS_TABLE, ASKING))('answers $who on $route with $answer', async ({ who, route, answer }) => {
    const { status, body } = await ask(who, route);
    expect({ status, code: status < 400 ? undefined : body.code }).toEqual({
      status: answer,
      code: status < 400 ? undefined : expect.any(String),
    });
  });

  it.each(cells(CONTAINER_ROWS, ['member', 'viewer', 'anonymous']))(
    'tells $who nothing on $route that exists but is not theirs',
    async ({ who, route }) => {
      const { id } = await seenOnEngine(app, { name: `foreign-${crypto.randomUUID()}` });
      const there = await ask(who, route, { ...NOBODYS, containers: id });
      const nowhere = await ask(who, route);
      const told = ({ status, body, text }: typeof there) => ({
        status,
        body: JSON.stringify(body ?? text)
          .replaceAll(id, 'ID')
          .replaceAll(NOBODYS['containers'] ?? '', 'ID')
          .replace(/req_[\w-]+/, 'REQUEST'),
      });
      expect(told(there)).toEqual(told(nowhere));
    },
  );

  it('names the missing capability to who sees but may not', async () => {
    const { body } = await ask('viewer', 'GET audit');
    expect(body).toMatchObject({
      code: 'forbidden',
      params: { missing: ['audit.see'], grantedBy: ['owner', 'administrator'] },
    });
  });
});

function toVerb(method: string): 'get' | 'post' | 'put' | 'patch' | 'delete' {
  const verb = method.toLowerCase();
  if (verb === 'get' || verb === 'post' || verb === 'put' || verb === 'patch' || verb === 'delete') return verb;
  throw new Error(`The table asks with ${method}; teach it.`);
}
