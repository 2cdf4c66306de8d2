import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ContainerId } from '@bailiwick/contract';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import type { ContainerSpec } from '../../src/foundation/environments/engine.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine, localEnvironment } from '../fake-engine.js';
import { Asking, memberOn } from '../granting.js';
import { ownedOnEngine } from '../owned-container.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const ECHOING = ['sh', '-c', 'while read -r line; do echo "heard: $line"; done'];
let core: TestApp;
let owner: SignedInPerson;
let made = 0;
beforeAll(async () => {
  core = await startApp();
  owner = await signIn(core);
});
afterAll(() => core.close());

const on = (spec: Partial<ContainerSpec>, options?: { started?: boolean }): Promise<SeenContainer> =>
  ownedOnEngine(core, owner.user, { image: 'python:3.12', ...spec, name: `command-${(made += 1)}` }, options);
const run = (who: SignedInPerson, { id }: { id: ContainerId }, command: string) =>
  new Asking(core, who).post(`containers/${id}/run`, { command });
const send = (who: SignedInPerson, { id }: { id: ContainerId }, line: string) =>
  new Asking(core, who).post(`containers/${id}/console`, { line });
const trail = async ({ id }: { id: ContainerId }, action: string) =>
  (await new Asking(core, owner).get(`audit?target=${id}&action=${action}`)).body.items;
const logOf = async ({ id }: { id: ContainerId }) =>
  (await new Asking(core, owner).get(`containers/${id}/logs`)).body.lines.map(({ text }: { text: string }) => text);

describe('running a command', () => {
  it('answers with what it said and how it ended, and leaves a trace', async () => {
    const app = await on({});
    fakeEngine(core).get(app.engineId).files.write('/app/main.py', Buffer.from('print(1)\n'));
    const member = await memberOn(core, owner, app, 'containers.run');
    const { body } = await run(member, app, 'cat /app/main.py').expect(200);
    expect(body).toEqual({ exitCode: 0, stdout: 'print(1)\n', stderr: '', truncated: false, timedOut: false });
    const missing = await run(member, app, 'cat /app/none').expect(200);
    expect(missing.body).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('No such file') });
    expect(await trail(app, 'containers.run')).toMatchObject([
      { outcome: 'done', details: { command: 'cat /app/none', exitCode: 1 } },
      { outcome: 'intent' },
      { outcome: 'done', details: { command: 'cat /app/main.py', exitCode: 0 }, actor: { id: member.user.id } },
      { outcome: 'intent', details: { command: 'cat /app/main.py' } },
    ]);
  });

  it('begins in the folder that was chosen for it, and says where there is none', async () => {
    const app = await on({});
    fakeEngine(core).get(app.engineId).files.makeFolder('/app/tools');
    const member = await memberOn(core, owner, app, 'containers.run', 'containers.settingsSee');
    const begin = (who: SignedInPerson, consoleDirectory: string | null) =>
      new Asking(core, who).put(`containers/${app.id}/settings`, { consoleDirectory });
    expect((await run(member, app, 'pwd').expect(200)).body.stdout).toBe('/\n');
    expect((await begin(member, '/app/tools').expect(403)).body.params.missing).toEqual(['containers.settingsStartup']);
    await begin(owner, '/app//tools').expect(204);
    expect((await run(member, app, 'pwd').expect(200)).body.stdout).toBe('/app/tools\n');
    await begin(owner, '/app/none').expect(204);
    const { body } = await run(member, app, 'pwd').expect(404);
    expect(body).toMatchObject({ code: 'not_found', params: { noun: 'folder', id: '/app/none' } });
    expect((await begin(owner, '/proc/self/fd/7').expect(400)).body.params.issues[0].path).toBe('consoleDirectory');
    await begin(owner, null).expect(204);
    expect((await run(member, app, 'pwd')).body.stdout).toBe('/\n');
  });

  it('says which programs may be, by the kind of image', async () => {
    const member = new Asking(core, await memberOn(core, owner, await on({}), 'containers.run'));
    const [python, database] = [await on({}), await on({ image: 'postgres:17' })];
    const { body } = await new Asking(core, owner).get(`containers/${python.id}/commands`).expect(200);
    expect(body.programs).toEqual(expect.arrayContaining(['ls', 'pip', 'python3']));
    expect((await new Asking(core, owner).get(`containers/${database.id}/commands`).expect(200)).body).toEqual({ programs: [], directory: null, anything: true }); // prettier-ignore
    await member.get(`containers/${python.id}/commands`).expect(404);
  });

  it('hands the words over as they are', async () => {
    const { body } = await run(owner, await on({}), `echo 'a  b' ";" '$(id)'`).expect(200);
    expect(body.stdout).toBe('a  b ; $(id)\n');
  });

  it.each([
    ['ls; id', 'refused_token'],
    ['bash', 'not_allowed'],
    ['/bin/sh', 'path'],
    ['FOO=1 ls', 'assignment'],
    ['$(id)', 'refused_token'],
    ['ls\nid', 'control_character'],
  ])('refuses %j before the engine is asked, with the reason', async (command, reason) => {
    const app = await on({});
    const { calls } = fakeEngine(core);
    const { body } = await run(owner, app, command).expect(400);
    expect(body).toMatchObject({
      code: 'command_refused',
      params: { reason, allowed: expect.arrayContaining(['ls']) },
    });
    expect(fakeEngine(core).calls).toBe(calls);
  });

  it.each(['itzg/minecraft-server:latest', 'mysql:8'])('offers nothing for %s, to nobody', async (image) => {
    const { body } = await run(owner, await on({ image }), 'ls').expect(409);
    expect(body).toMatchObject({ code: 'run_unsupported', params: { image } });
  });

  it('needs its right, a running container, and to see it', async () => {
    const app = await on({});
    const observer = await memberOn(core, owner, app);
    const { body } = await run(observer, app, 'ls').expect(403);
    expect(body).toMatchObject({ code: 'forbidden', params: { missing: ['containers.run'], resource: app.id } });
    const stopped = await run(owner, await on({}, { started: false }), 'ls').expect(409);
    expect(stopped.body).toMatchObject({ code: 'wrong_state', params: { state: 'created' } });
    await run(await signIn(core, { platformRole: 'member' }), app, 'ls').expect(404);
  });

  it('says so where the image has no such program', async () => {
    const { body } = await run(owner, await on({}), 'pytest -q').expect(200);
    expect(body).toMatchObject({ exitCode: 127, stderr: expect.stringContaining('pytest') });
  });
});

describe('typing to the main program', () => {
  it('brings the line there; what it answers is in the log', async () => {
    const game = await on({ image: 'itzg/minecraft-server:latest', command: ECHOING, stdinOpen: true });
    const member = await memberOn(core, owner, game, 'containers.console');
    const { body } = await send(member, game, 'say $(id); "hello"').expect(200);
    expect(body).toEqual({ said: null });
    expect(await logOf(game)).toEqual(['heard: say $(id); "hello"']);
    expect(await trail(game, 'containers.console')).toMatchObject([
      { outcome: 'done', details: { line: 'say $(id); "hello"' }, actor: { id: member.user.id } },
      { outcome: 'intent' },
    ]);
  });

  it('is refused where the image offers none, but to staff', async () => {
    const app = await on({ command: ECHOING, stdinOpen: true });
    const member = await memberOn(core, owner, app, 'containers.console');
    const { body } = await send(member, app, 'x').expect(409);
    expect(body).toMatchObject({ code: 'console_unsupported', params: { workload: 'python' } });
    expect(await logOf(app)).toEqual([]);
    await send(owner, app, 'x').expect(200);
    expect(await logOf(app)).toEqual(['heard: x']);
  });

  it('says that nobody can type where the input is closed', async () => {
    const game = await on({ image: 'itzg/minecraft-server:latest', command: ECHOING });
    const { body } = await send(owner, game, 'list').expect(409);
    expect(body.code).toBe('stdin_closed');
    expect(await trail(game, 'containers.console')).toMatchObject([
      { outcome: 'failed', details: { code: 'stdin_closed' } },
      { outcome: 'intent' },
    ]);
  });

  it('is brought there by the game’s own programs where its input is closed', async () => {
    const game = await on({ image: 'itzg/minecraft-server:latest', command: ECHOING });
    const member = await memberOn(core, owner, game, 'containers.console');
    const { files } = fakeEngine(core).get(game.engineId);
    const wordsOf = (program: string) => {
      const node = files.get(`/usr/local/bin/${program}.words`);
      return node?.kind === 'file' ? JSON.parse(node.content.toString('utf8')) : undefined;
    };
    files.write('/usr/local/bin/rcon-cli', Buffer.from('echo "There are 0 players"'));
    expect((await send(member, game, '--list $(id); "x"').expect(200)).body).toEqual({ said: 'There are 0 players\n' });
    expect(wordsOf('rcon-cli')).toEqual(['--', '--list $(id); "x"']);
    expect(await trail(game, 'containers.console')).toMatchObject([
      { outcome: 'done', details: { program: 'rcon-cli' } },
      { outcome: 'intent' },
    ]);
    files.write('/usr/local/bin/mc-send-to-console', Buffer.from('exit 0'));
    expect((await send(member, game, 'say hello there').expect(200)).body).toEqual({ said: '' });
    expect(wordsOf('mc-send-to-console')).toEqual(['say hello there']);
    expect(wordsOf('rcon-cli')).toEqual(['--', '--list $(id); "x"']);
    files.write('/usr/local/bin/mc-send-to-console', Buffer.from('echo "no pipe" >&2; exit 1'));
    files.remove('/usr/local/bin/rcon-cli');
    const { body } = await send(member, game, 'list').expect(409);
    expect(body).toMatchObject({ code: 'stdin_closed', params: { program: 'mc-send-to-console' } });
    expect(body.message).toContain('no pipe');
  });

  it('asks no program of an image that is no game', async () => {
    const app = await on({ command: ECHOING });
    const { files } = fakeEngine(core).get(app.engineId);
    files.write('/usr/local/bin/rcon-cli', Buffer.from('exit 0'));
    expect((await send(owner, app, 'list').expect(409)).body.code).toBe('stdin_closed');
    expect(files.get('/usr/local/bin/rcon-cli.words')).toBeUndefined();
  });

  it('takes one line without control characters', async () => {
    const game = await on({ image: 'itzg/minecraft-server:latest', command: ECHOING, stdinOpen: true });
    for (const line of ['', 'a\nstop', 'a\rstop', '\u0010\u0011', '\u001b[2J', 'x'.repeat(1025)])
      await send(owner, game, line).expect(400);
    expect(await logOf(game)).toEqual([]);
  });

  it('needs its right, and a denial is in the trail', async () => {
    const game = await on({ image: 'itzg/minecraft-server:latest', command: ECHOING, stdinOpen: true });
    const observer = await memberOn(core, owner, game);
    const { body } = await send(observer, game, 'list').expect(403);
    expect(body.params.missing).toEqual(['containers.console']);
    // A refusal is written behind the answer.
    await until(async () => (await trail(game, 'containers.console')).length > 0);
    expect(await trail(game, 'containers.console')).toMatchObject([
      { outcome: 'refused', actor: { id: observer.user.id }, details: { code: 'forbidden' } },
    ]);
    await send(owner, await on({ stdinOpen: true }, { started: false }), 'x').expect(409);
  });
});

describe('the way to the main program', () => {
  const see = (who: SignedInPerson, { id }: { id: ContainerId }) =>
    new Asking(core, who).get(`containers/${id}/console`);

  it('is its input, the game’s own program, or none; also while it does not run', async () => {
    const image = 'itzg/minecraft-server:latest';
    const open = await on({ image, stdinOpen: true }, { started: false });
    expect((await see(await memberOn(core, owner, open, 'containers.console'), open).expect(200)).body).toEqual({ way: 'input', quickActions: [] }); // prettier-ignore
    expect((await see(owner, await on({ image })).expect(200)).body.way).toBe('program');
    expect((await see(owner, await on({})).expect(200)).body.way).toBe('closed');
  });

  it('is shown to who may use it, where one is offered', async () => {
    const app = await on({ stdinOpen: true });
    const { body } = await see(await memberOn(core, owner, app), app).expect(403);
    expect(body.params.missing).toEqual(['containers.console']);
    const refused = await see(await memberOn(core, owner, app, 'containers.console'), app).expect(409);
    expect(refused.body.code).toBe('console_unsupported');
  });
});

describe('the rights on a container', () => {
  const rightsOf = async (who: SignedInPerson, { id }: { id: ContainerId }) =>
    (await new Asking(core, who).get(`containers/${id}`).expect(200)).body.rights;

  it.each([
    ['python:3.12', ['containers.run'], { 'containers.console': 'console_unsupported' }],
    ['itzg/minecraft-server:latest', ['containers.console'], { 'containers.run': 'run_unsupported' }],
    ['mysql:8', [], { 'containers.console': 'console_unsupported', 'containers.run': 'run_unsupported' }],
  ] as const)('withhold from who was given both what %s does not offer, and say why', async (image, held, withheld) => {
    const app = await on({ image });
    const { can, why } = await rightsOf(await memberOn(core, owner, app, 'containers.run', 'containers.console'), app);
    expect(can.filter((each: string) => /^containers\.(run|console)$/.test(each))).toEqual(held);
    for (const [capability, code] of Object.entries(withheld))
      expect(why[capability]).toEqual({ code, params: { image, workload: expect.any(String) } });
  });

  it('leave staff what the door leaves them: any line to any program, and no commands where none are offered', async () => {
    const { can, why } = await rightsOf(owner, await on({ image: 'mysql:8' }));
    expect(can).toContain('containers.console');
    expect(can).not.toContain('containers.run');
    expect(why['containers.run'].code).toBe('run_unsupported');
  });

  it('name the missing right before what the image does not offer', async () => {
    const app = await on({ image: 'mysql:8' });
    const { why } = await rightsOf(await memberOn(core, owner, app), app);
    expect([why['containers.console'].code, why['containers.run'].code]).toEqual(['default', 'default']);
  });
});

describe('a container that went away meanwhile', () => {
  it('is not found by the engine, and the trail says so', async () => {
    const app = await on({});
    await core.app.get(MirrorsService).refresh(localEnvironment(core), app.engineId);
    fakeEngine(core).breakEvents('lost');
    await fakeEngine(core).remove(app.engineId, { force: true });
    fakeEngine(core).breakEvents('none');
    const { body } = await run(owner, app, 'ls').expect(404);
    expect(body.code).toBe('not_found');
    expect(await trail(app, 'containers.run')).toMatchObject([{ outcome: 'failed' }, { outcome: 'intent' }]);
  });
});
