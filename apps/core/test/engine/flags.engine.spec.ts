import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Capability,
  type ContainerId,
  type Flag,
  FLAG_DEFAULTS,
  FLAGS,
  isOffered,
  type RoleException,
} from '@bailiwick/contract';
import Docker from 'dockerode';
import { startApp, type TestApp } from '../app.js';
import { call, finished, presetsFolder } from '../factories/deployment.js';
import { aGrant, Asking } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const docker = new Docker();
const NAME = `bw-flags-${process.pid}`;
const GAME = { repo: 'itzg/minecraft-server', tag: 'bailiwick-test' };
const GAME_IMAGE = `${GAME.repo}:${GAME.tag}`;
const ECHOING = 'trap "exit 0" TERM; while read -r line; do echo "heard: $line"; done; while true; do sleep 0.1; done';
const OBEDIENT = 'trap "exit 0" TERM; while true; do sleep 0.1; done';

let core: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;
let app: ContainerId;
let game: ContainerId;
const versions = new Map<ContainerId, number>();

async function deploy(preset: string): Promise<ContainerId> {
  const { status, body } = await call(core, owner, 'POST', '/deployments', {
    body: { preset, name: `${NAME}-${preset}` },
  });
  if (status !== 202) throw new Error(JSON.stringify(body));
  const { state, target } = await finished(core, owner, body.operation.id, { within: 60_000 });
  if (state !== 'done' || target.containerId === null) throw new Error(`The deploy of ${preset} is ${state}.`);
  return target.containerId;
}
const ask = (method: string, path: string, body?: object, who = member) =>
  call(core, who, method, `/containers/${path}`, body ? { body } : {});
/** What is saved of the game, made true. */
async function applied(): Promise<void> {
  const { body } = await ask('POST', `${game}/configuration/apply`, {}, owner);
  const { state } = await finished(core, owner, body.operation.id, { within: 60_000 });
  if (state !== 'done') throw new Error(`The change is ${state}.`);
}
/** A program of the game's image, which has none. */
async function standIn(name: string, script: string): Promise<void> {
  const path = `/bin/${name}`;
  const Cmd = ['sh', '-c', `printf '%s\\n' '#!/bin/sh' '${script}' > ${path} && chmod 755 ${path}`];
  const exec = await docker.getContainer(`${NAME}-game`).exec({ Cmd, AttachStdout: true, User: '0' });
  const stream = await exec.start({});
  await new Promise((resolve) => stream.once('end', resolve).resume());
}
const linesOf = async (id: ContainerId) =>
  (await ask('GET', `${id}/logs`, undefined, owner)).body.lines.map(({ text }: { text: string }) => text);

beforeAll(async () => {
  await docker.getImage('busybox:local').tag(GAME);
  core = await startApp({
    env: {
      BAILIWICK_ENGINE: 'docker',
      BAILIWICK_DEPLOY_STABLE_MS: '500',
      BAILIWICK_PRESETS_DIR: presetsFolder({
        app: { config: { command: ['sh', '-c', OBEDIENT], volumes: [{ name: 'data', target: '/data' }] } },
        game: { config: { image: GAME_IMAGE, command: ['sh', '-c', ECHOING] } },
      }),
    },
  });
  owner = await signIn(core);
  member = await signIn(core, { platformRole: 'member' });
  app = await deploy('app');
  game = await deploy('game');
  await new Asking(core, owner).change(
    [app, game].map((id) => aGrant(member, { kind: 'container', id }, { role: 'user' })),
  );
}, 120_000);

afterAll(async () => {
  const proved = await openSession(core, owner.user);
  for (const id of [app, game]) {
    const confirmName = (await ask('GET', id, undefined, owner)).body.name;
    const { body } = await ask('DELETE', id, { force: true, deleteData: true, confirmName }, proved);
    await finished(core, owner, body.operation.id);
  }
  await checkInvariants(core);
  await core.close();
  await docker.getImage(GAME_IMAGE).remove();
}, 60_000);

/** What each switch is there for, as one call; the restart comes last, for it interrupts the others. */
const CALLS: Readonly<Record<Flag, () => Promise<number>>> = {
  allow_explorer: async () => (await ask('GET', `${app}/files?path=/data`)).status,
  allow_root_explorer: async () => (await ask('GET', `${app}/files?path=/etc`)).status,
  allow_console: async () => (await ask('POST', `${game}/console`, { line: 'list' })).status,
  allow_shell: async () => (await ask('POST', `${app}/run`, { command: 'ls /data' })).status,
  allow_edit_files: async () => (await ask('PUT', `${app}/files/content`, { path: '/data/x.txt', text: 'x' })).status,
  allow_edit_startup: async () => (await ask('PUT', `${app}/settings`, { startupCommand: 'sleep 1' })).status,
  allow_edit_ports: async () => (await ask('PUT', `${app}/settings`, { allowedPorts: [80] })).status,
  allow_settings: async () => {
    const seen = await ask('GET', `${app}/settings`);
    const restarted = await ask('POST', `${app}/restart`, { timeoutSeconds: 5 });
    expect(restarted.status).toBe(seen.status);
    return restarted.status;
  },
};
/** What is there of it already. */
const behind = (flag: Flag): Capability[] => FLAGS[flag].filter(isOffered);
const FLAG_NAMES = Object.keys(FLAGS) as Flag[];

/** Who gets through by which switch. */
async function opened(): Promise<Record<string, boolean>> {
  const answers: Array<readonly [Flag, boolean]> = [];
  for (const flag of Object.keys(CALLS) as Flag[]) {
    const status = await CALLS[flag]();
    expect([flag, [200, 204, 403].includes(status) ? 'known' : status]).toEqual([flag, 'known']);
    answers.push([flag, status !== 403]);
  }
  return Object.fromEntries(answers);
}

/** Says what the role `user` means on these containers from now on. */
async function except(allow: readonly Capability[], deny: readonly Capability[]): Promise<void> {
  const changed = await new Asking(core, owner).change(
    [app, game].map((containerId) => ({
      op: 'exception',
      containerId,
      role: 'user',
      allow: [...allow],
      deny: [...deny],
      version: versions.get(containerId) ?? 0,
    })),
  );
  for (const { containerId, version } of changed.exceptions satisfies RoleException[])
    versions.set(containerId, version);
}

describe('each of the eight switches', () => {
  const NEED_SETTINGS: readonly Flag[] = ['allow_edit_files', 'allow_edit_startup', 'allow_edit_ports'];
  const DEFAULTS = Object.fromEntries(FLAG_NAMES.map((flag, at) => [flag, FLAG_DEFAULTS['user']?.[at] === true]));

  it('is at first what the role says', async () => {
    expect(await opened()).toEqual(DEFAULTS);
  }, 60_000);

  it.each(FLAG_NAMES)(
    '%s opens its own call and closes it again, and leaves the seven others alone',
    async (flag) => {
      const base = NEED_SETTINGS.includes(flag) ? behind('allow_settings') : [];
      const others = { ...DEFAULTS, ...(base.length > 0 ? { allow_settings: true } : {}) };
      await except([...base, ...behind(flag)], []);
      expect(await opened()).toEqual({ ...others, [flag]: true });
      await except(base, behind(flag));
      expect(await opened()).toEqual({ ...others, [flag]: false });
      await except([...base, ...behind(flag)], []);
      expect(await CALLS[flag]()).not.toBe(403);
    },
    120_000,
  );
});

describe('what they open, on the engine itself', () => {
  const everything = FLAG_NAMES.flatMap(behind).filter((capability) => capability !== 'files.root');
  beforeAll(() => except(everything, []));

  it('is a restart policy that changes at once, on the container as it is', async () => {
    const inspect = () => docker.getContainer(`${NAME}-app`).inspect();
    const { State } = await inspect();
    const { status } = await ask('PUT', `${app}/restart-policy`, { name: 'on-failure', maximumRetryCount: 3 });
    expect(status).toBe(204);
    const after = await inspect();
    expect(after.HostConfig.RestartPolicy).toEqual({ Name: 'on-failure', MaximumRetryCount: 3 });
    expect(after.State.StartedAt).toBe(State.StartedAt);
    const { body } = await ask('GET', `${app}/settings`);
    expect(body.applied.restartPolicy).toEqual({ name: 'on-failure', maximumRetryCount: 3 });
  });

  it('is a line for the main program, whose answer is in the log', async () => {
    await ask('POST', `${game}/console`, { line: 'say $(id) "hello"' });
    await until(async () => (await linesOf(game)).includes('heard: say $(id) "hello"'));
  });

  it('is the game’s own program where its input is closed, and then one that opens it', async () => {
    await ask('PUT', `${game}/configuration`, { change: { stdinOpen: false } }, owner);
    await applied();
    expect((await ask('GET', `${game}/console`)).body.way).toBe('program');
    const line = '--say $(id); "hello"';
    const refused = await ask('POST', `${game}/console`, { line });
    expect(refused).toMatchObject({ status: 409, body: { code: 'stdin_closed', params: { program: null } } });
    await standIn('rcon-cli', 'shift; echo "rcon: $*"');
    expect(await ask('POST', `${game}/console`, { line })).toMatchObject({ status: 200, body: { said: `rcon: ${line}\n` } }); // prettier-ignore
    await standIn('mc-send-to-console', 'echo "sent: $*" > /proc/1/fd/1');
    expect(await ask('POST', `${game}/console`, { line })).toMatchObject({ status: 200, body: { said: '' } });
    await until(async () => (await linesOf(game)).includes(`sent: ${line}`));
    await standIn('mc-send-to-console', 'echo "no pipe"; exit 1');
    await standIn('rcon-cli', 'echo "no server" >&2; exit 1');
    expect((await ask('POST', `${game}/console`, { line })).body.message).toContain('rcon-cli did not take the line: no server'); // prettier-ignore
    await ask('PUT', `${game}/configuration`, { change: { stdinOpen: true } }, owner);
    await applied();
    expect((await ask('GET', `${game}/console`)).body.way).toBe('input');
    await ask('POST', `${game}/console`, { line: 'typed again' });
    await until(async () => (await linesOf(game)).includes('heard: typed again'));
  }, 60_000);

  it('is one program at a time, as the container’s own user, and never a shell', async () => {
    expect((await ask('POST', `${app}/run`, { command: 'echo \'a;  b\' "c"' })).body).toEqual({
      exitCode: 0,
      stdout: 'a;  b c\n',
      stderr: '',
      truncated: false,
      timedOut: false,
    });
    for (const command of ['ls; id', 'bash', '/bin/sh', 'FOO=1 ls', '$(id)'])
      expect((await ask('POST', `${app}/run`, { command })).body.code).toBe('command_refused');
    const { body } = await ask('POST', `${app}/run`, { command: 'cat /dev/zero' });
    expect(body).toMatchObject({ truncated: true, exitCode: null });
    expect((await ask('POST', `${game}/run`, { command: 'ls' })).body.code).toBe('run_unsupported');
    expect((await ask('POST', `${app}/console`, { line: 'x' })).body.code).toBe('console_unsupported');
  }, 60_000);

  it('ends what takes longer than it may', async () => {
    const { body } = await ask('POST', `${app}/run`, { command: 'tail -f /etc/passwd /dev/null' });
    expect(body.exitCode).not.toBe(0);
    const { body: left } = await ask('POST', `${app}/run`, { command: 'ps' });
    expect(left.stdout).not.toContain('tail -f /etc');
  }, 60_000);

  it('is files that are written, listed and read, inside what is shared only', async () => {
    const files = `${app}/files`;
    const read = async (path: string) => ask('GET', `${files}/content?path=${encodeURIComponent(path)}`);
    const write = async (path: string, text: string) => (await ask('PUT', `${files}/content`, { path, text })).status;
    const inside = async (...Cmd: string[]) => {
      const exec = await docker.getContainer(`${NAME}-app`).exec({ Cmd, AttachStdout: true });
      const stream = await exec.start({});
      await new Promise((resolve) => stream.once('end', resolve).resume());
    };
    expect(await write("/data/a 'b' $(c).txt", 'grün\n')).toBe(200);
    expect((await read("/data/a 'b' $(c).txt")).body).toMatchObject({ text: 'grün\n', sizeBytes: 6, binary: false });
    await inside('chmod', '750', "/data/a 'b' $(c).txt");
    await inside('chown', '1000:1000', "/data/a 'b' $(c).txt");
    expect(await write("/data/a 'b' $(c).txt", 'two')).toBe(200);
    expect((await ask('POST', `${app}/run`, { command: "stat -c '%a %u:%g %s' '/data/a '\"'b'\"' $(c).txt'" })).body.stdout) // prettier-ignore
      .toBe('750 1000:1000 3\n');
    await inside('ln', '-s', '/etc', '/data/outside');
    await inside('ln', '-s', '/etc/passwd', '/data/secret');
    await inside('mkfifo', '/data/pipe');
    const { body } = await ask('GET', files);
    expect(body).toMatchObject({
      path: '/data',
      roots: [{ path: '/data', kind: 'volume' }],
      hidden: 0,
      truncated: false,
    });
    const kinds = body.items.map(({ name, kind }: Record<string, string>) => `${name} ${kind}`);
    expect(kinds).toEqual(expect.arrayContaining(["a 'b' $(c).txt file", 'outside link', 'pipe other', 'secret link']));
    expect(kinds.join()).not.toContain('.bailiwick-');
    expect((await read('/data/secret')).body).toMatchObject({ code: 'file_refused', params: { reason: 'link' } });
    expect((await read('/data/pipe')).body.code).toBe('file_refused');
    expect((await read('/data/none')).status).toBe(404);
    expect((await read('/data/../etc/passwd')).status).toBe(400);
    expect(await write('/data/secret', 'x')).toBe(409);
    expect(await write('/data/outside/passwd', 'x')).toBe(409);
    expect(await write('/etc/passwd', 'x')).toBe(403);
    expect(await write('/data/none/x', 'x')).toBe(404);
    const long = 'ä'.repeat(200_000);
    expect(await write('/data/long', long)).toBe(200);
    expect((await read('/data/long')).body.text).toBe(long);
  }, 60_000);
});
