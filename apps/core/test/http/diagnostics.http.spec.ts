import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditList, Diagnostics } from '@bailiwick/contract';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine, seenOnEngine } from '../fake-engine.js';
import { Asking } from '../granting.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

const KEY = 'the key of this panel: abcdefghijklmnop';
const TOKEN = 'the token of installers: qrstuvwxyz 0123';
let core: TestApp;
let owner: SignedInPerson;

beforeAll(async () => {
  core = await startApp({ env: { BAILIWICK_SECRET_KEY: KEY, BAILIWICK_INSTALLER_TOKEN: TOKEN } });
  owner = await signIn(core);
});
afterAll(() => core?.close());

const file = () => new Asking(core, owner).get('diagnostics').expect(200);

describe('the file for whoever helps', () => {
  it('has the state of the panel, its open alerts and its log', async () => {
    const { engineId } = await seenOnEngine(core, { name: 'crashed' });
    fakeEngine(core).get(engineId).kill('SIGKILL');
    core.log.for('test').warn('something is odd');
    const read = async () => Diagnostics.parse(JSON.parse((await file()).text));
    await until(async () => (await read()).alerts.length > 0);
    const { settings, environments, containers, database, log } = await read();
    expect(settings['BAILIWICK_SECRET_KEY']).toBe('set');
    expect(environments).toHaveLength(1);
    expect(Object.values(containers).reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(database).toMatchObject({ writes: true, bytes: expect.any(Number) });
    expect(log.some(({ message }) => message === 'something is odd')).toBe(true);
  });

  it('is a download', async () => {
    const { headers } = await file();
    expect(headers['content-disposition']).toBe('attachment; filename="bailiwick-diagnostics.json"');
    expect(headers['content-type']).toMatch(/^application\/json/);
  });

  it('says nothing of what the panel was told in confidence, also where its log does', async () => {
    core.log.for('test').error(`somebody wrote ${KEY} and ${TOKEN} into a message`);
    const { text } = await file();
    expect(text).toContain('somebody wrote');
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(TOKEN);
    expect(JSON.parse(text)).toHaveProperty('log');
  });

  it('leaves a row in the audit trail', async () => {
    await file();
    const { body } = await new Asking(core, owner).get('audit?action=panel.diagnostics&outcome=done').expect(200);
    expect(AuditList.parse(body).items[0]?.actor).toMatchObject({ id: owner.user.id });
  });

  it('is nothing for who is not staff', async () => {
    const member = await signIn(core, { platformRole: 'member' });
    const { body } = await new Asking(core, member).get('diagnostics').expect(403);
    expect(body.code).toBe('forbidden');
  });
});
