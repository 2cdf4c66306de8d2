import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type {
  ContainerSpec,
  Engine,
  EngineEvent,
  EngineProgram,
  ProgramMark,
  EngineLogLine,
  LogOptions,
  RunLimits,
  RunResult,
  TerminalWish,
} from '../../src/foundation/environments/engine.js';
import { aNetwork, aSpec } from '../factories/spec.js';
import { until } from '../until.js';

export interface Subject {
  engine: Engine;
  /** A reference that no registry answers for. */
  missingImage: string;
  /** Our own clean-up; the panel keeps its networks. */
  dropNetwork(name: string): Promise<unknown>;
  close(): void;
}

const TEST_LABEL = { 'bailiwick.test': '1' };
const OBEDIENT = ['sh', '-c', 'trap "exit 0" TERM; echo ready; while true; do sleep 0.1; done'];
const STUBBORN = ['sleep', '1000'];
const ALL: LogOptions = { tail: null, sinceNs: null, untilNs: null, follow: false, stdout: true, stderr: true };
const MIB = 1024 * 1024;
const NOBODY = 'f'.repeat(64);

jest.setTimeout(30_000);

/** What every engine promises, pretended or real. */
export function conforms(title: string, make: () => Promise<Subject>): void {
  describe(`${title} keeps an engine's promises`, () => {
    // Container names live on a shared engine: each run has its own.
    const run = `${title.replaceAll(/[^a-z0-9]/gi, '')}-${process.pid}-${Math.floor(performance.now())}`.toLowerCase();
    const network = `bw_test_${run}`;
    let subject: Subject;
    let engine: Engine;
    // All addresses: an engine in a network namespace of its own may have no loopback.
    const port = 40_000 + (process.pid % 5000);
    let count = 0;
    const made: string[] = [];
    const volumes: string[] = [];

    const name = () => `bwt-${run}-${count++}`;
    const spec = (overrides: Partial<ContainerSpec> = {}): ContainerSpec =>
      aSpec({ name: name(), network, labels: TEST_LABEL, ...overrides });
    const create = async (overrides: Partial<ContainerSpec> = {}): Promise<string> => {
      const engineId = await engine.create(spec(overrides));
      made.push(engineId);
      return engineId;
    };
    const started = async (overrides: Partial<ContainerSpec> = {}): Promise<string> => {
      const engineId = await create(overrides);
      await engine.start(engineId);
      return engineId;
    };
    /** One that listens to SIGTERM, from the moment it does. */
    const obedient = async (): Promise<string> => {
      const engineId = await started({ command: OBEDIENT });
      await until(async () => (await linesOf(engine.logs(engineId, ALL, new AbortController().signal))).length > 0);
      return engineId;
    };
    const state = async (engineId: string) => (await engine.inspect(engineId)).state;
    const ended = (engineId: string) => until(async () => (await state(engineId)) === 'exited', { within: 15_000 });
    const refused = (code: string) => expect.objectContaining({ code });

    beforeAll(async () => {
      subject = await make();
      engine = subject.engine;
      await engine.ensureNetwork(aNetwork(network, { labels: TEST_LABEL }));
    });
    afterEach(async () => {
      await Promise.all(made.splice(0).map((engineId) => engine.remove(engineId, { force: true })));
      for (const volume of volumes.splice(0)) await engine.removeVolume(volume);
    });
    afterAll(async () => {
      await subject.dropNetwork(network);
      subject.close();
    });

    it('says who it is', async () => {
      await engine.ping();
      const info = await engine.info();
      expect(info.version).toMatch(/^\d+\.\d+/);
      expect(info.cpus).toBeGreaterThan(0);
      expect(engine.address).not.toBeNull();
    });

    it('lists a container exactly as an inspect tells it', async () => {
      const made = await create({ ports: [{ ip: '0.0.0.0', hostPort: port, containerPort: 80, protocol: 'tcp' }] });
      const listed = async () => (await engine.list()).find(({ engineId }) => engineId === made);
      const told = async () => expect.objectContaining({ ...(await listed()) });
      expect(await listed()).toMatchObject({ state: 'created', ports: [], exitCode: null, startedAtMs: null });
      expect(await engine.inspect(made)).toEqual(await told());
      await engine.start(made);
      expect(await listed()).toMatchObject({
        state: 'running',
        ports: [{ ip: '0.0.0.0', hostPort: port, containerPort: 80, protocol: 'tcp' }],
        finishedAtMs: null,
        labels: TEST_LABEL,
        networks: [network],
      });
      expect(await engine.inspect(made)).toEqual(await told());
      await engine.kill(made, 'SIGKILL');
      await ended(made);
      expect(await listed()).toMatchObject({ state: 'exited', exitCode: 137, ports: [] });
      expect(await engine.inspect(made)).toEqual(await told());
    });

    it('starts once and says so the second time', async () => {
      const engineId = await started();
      expect((await engine.inspect(engineId)).startedAtMs).not.toBeNull();
      await expect(engine.start(engineId)).rejects.toEqual(refused('wrong_state'));
    });

    it('lets a process end by itself, and ends one that does not listen', async () => {
      const willing = await obedient();
      const stubborn = await started({ command: STUBBORN });
      await Promise.all([engine.stop(willing, 10), engine.stop(stubborn, 1)]);
      expect(await engine.inspect(willing)).toMatchObject({ state: 'exited', exitCode: 0 });
      expect(await engine.inspect(stubborn)).toMatchObject({ state: 'exited', exitCode: 137, oomKilled: false });
      expect((await engine.inspect(stubborn)).finishedAtMs).not.toBeNull();
      await expect(engine.stop(willing, 1)).rejects.toEqual(refused('wrong_state'));
      await expect(engine.kill(willing, 'SIGKILL')).rejects.toEqual(refused('wrong_state'));
    });

    it('changes the restart policy of a container as it is', async () => {
      const engineId = await started({ restart: { name: 'on-failure', maximumRetryCount: 5 } });
      const policy = async () => (await engine.inspect(engineId)).restartPolicy;
      expect(await policy()).toEqual({ name: 'on-failure', maximumRetryCount: 5 });
      const { startedAtMs } = await engine.inspect(engineId);
      await engine.update(engineId, { restart: { name: 'on-failure', maximumRetryCount: 3 } });
      expect(await policy()).toEqual({ name: 'on-failure', maximumRetryCount: 3 });
      for (const name of ['always', 'unless-stopped', 'no'] as const) {
        await engine.update(engineId, { restart: { name, maximumRetryCount: 0 } });
        expect(await policy()).toEqual({ name, maximumRetryCount: 0 });
      }
      expect(await engine.inspect(engineId)).toMatchObject({ state: 'running', startedAtMs });
    });

    it('changes memory, processors and processes of a container that runs', async () => {
      const engineId = await started({ memoryBytes: 64 * MIB, memorySwapBytes: 64 * MIB, cpus: 0.5, pids: 64 });
      const { startedAtMs } = await engine.inspect(engineId);
      const memory = { memoryBytes: 96 * MIB, memorySwapBytes: 128 * MIB };
      await engine.update(engineId, { memory, cpus: 0.25, cpuShares: 512, pids: 128 });
      expect(await engine.inspect(engineId)).toMatchObject({
        state: 'running',
        startedAtMs,
        limits: { memoryBytes: 96 * MIB, cpus: 0.25, pids: 128 },
      });
      await expect(engine.update(engineId, { pids: 8 })).rejects.toEqual(refused('engine_refused'));
      expect((await engine.inspect(engineId)).limits.pids).toBe(128);
    });

    it('connects to a further network once', async () => {
      const engineId = await started({});
      const further = `bw_further-${run}`;
      await engine.ensureNetwork(aNetwork(further, { labels: TEST_LABEL }));
      try {
        await engine.joinNetwork(engineId, further);
        await engine.joinNetwork(engineId, further);
        expect((await engine.inspect(engineId)).networks).toEqual([network, further].sort());
      } finally {
        await engine.remove(engineId, { force: true });
        await subject.dropNetwork(further);
      }
    });

    it('tells what it publishes also while it does not run', async () => {
      const rule = { ip: '0.0.0.0', hostPort: port, containerPort: 80, protocol: 'tcp' } as const;
      const engineId = await create({ ports: [rule] });
      expect(await engine.inspect(engineId)).toMatchObject({ ports: [], portRules: [rule] });
    });

    it('keeps the exit code of what ended by itself', async () => {
      const engineId = await started({ command: ['sh', '-c', 'exit 3'] });
      await ended(engineId);
      expect(await engine.inspect(engineId)).toMatchObject({ exitCode: 3, health: 'none' });
    });

    it('pauses and goes on', async () => {
      const engineId = await started();
      await expect(engine.unpause(engineId)).rejects.toEqual(refused('wrong_state'));
      await engine.pause(engineId);
      expect(await state(engineId)).toBe('paused');
      await expect(engine.pause(engineId)).rejects.toEqual(refused('wrong_state'));
      await engine.unpause(engineId);
      expect(await state(engineId)).toBe('running');
    });

    it('restarts what runs and what does not', async () => {
      const engineId = await obedient();
      const { startedAtMs } = await engine.inspect(engineId);
      await engine.restart(engineId, 5);
      expect(await state(engineId)).toBe('running');
      expect((await engine.inspect(engineId)).startedAtMs).toBeGreaterThanOrEqual(startedAtMs ?? Infinity);
      await engine.stop(engineId, 5);
      await engine.restart(engineId, 5);
      expect(await state(engineId)).toBe('running');
    });

    it('starts again by its policy', async () => {
      const engineId = await started({
        command: ['sh', '-c', 'exit 1'],
        restart: { name: 'on-failure', maximumRetryCount: 5 },
      });
      await until(async () => (await engine.inspect(engineId)).restartCount > 0);
    });

    it('gives a name to one container only', async () => {
      const first = spec();
      made.push(await engine.create(first));
      await expect(engine.create(spec({ name: first.name }))).rejects.toEqual(refused('name_taken'));
      const second = await create();
      await expect(engine.rename(second, first.name)).rejects.toEqual(refused('name_taken'));
      const fresh = name();
      await engine.rename(second, fresh);
      expect((await engine.inspect(second)).name).toBe(fresh);
      expect((await engine.findByName(fresh))?.engineId).toBe(second);
      expect(await engine.findByName(fresh.slice(0, -1))).toBeUndefined();
      expect(await engine.findByName(second.slice(0, 12))).toBeUndefined();
    });

    it('gives a port to one container only', async () => {
      const ports = [{ ip: '0.0.0.0', hostPort: port, containerPort: 80, protocol: 'tcp' }] as const;
      await started({ ports });
      const second = await create({ ports });
      const refusal = expect.objectContaining({
        code: 'port_conflict',
        params: expect.objectContaining({ hostPort: port }),
      });
      await expect(engine.start(second)).rejects.toEqual(refusal);
      expect(await state(second)).toBe('created');
    });

    it('does not remove what runs unless forced, and does not mind what is gone', async () => {
      const engineId = await started();
      await expect(engine.remove(engineId, { force: false })).rejects.toEqual(refused('wrong_state'));
      await engine.remove(engineId, { force: true });
      await engine.remove(engineId, { force: true });
      await expect(engine.inspect(engineId)).rejects.toEqual(refused('not_found'));
    });

    it('knows nobody it does not have', async () => {
      const lines = () => engine.logs(NOBODY, ALL, new AbortController().signal)[Symbol.asyncIterator]();
      const attempts: Array<() => Promise<unknown>> = [
        () => engine.inspect(NOBODY),
        () => engine.start(NOBODY),
        () => engine.stop(NOBODY, 1),
        () => engine.restart(NOBODY, 1),
        () => engine.pause(NOBODY),
        () => engine.unpause(NOBODY),
        () => engine.kill(NOBODY, 'SIGKILL'),
        () => engine.rename(NOBODY, 'anything'),
        () => lines().next(),
      ];
      for (const attempt of attempts) await expect(attempt()).rejects.toEqual(refused('not_found'));
    });

    it('makes nothing from an image it does not have', async () => {
      expect(await engine.findImage(subject.missingImage)).toBeUndefined();
      await expect(engine.lookUpImage(subject.missingImage)).rejects.toEqual(refused('image_unavailable'));
      expect(await engine.findImage('busybox:local')).toMatchObject({ platform: { os: 'linux' } });
      await expect(engine.create(spec({ image: subject.missingImage }))).rejects.toEqual(refused('image_unavailable'));
      await expect(engine.pull(subject.missingImage, () => undefined)).rejects.toEqual(refused('image_unavailable'));
    });

    it('refuses what would reach beyond the container', async () => {
      const unsafe: Array<Partial<ContainerSpec>> = [
        { network: 'host' },
        { network: 'bridge' },
        { network: `container:${NOBODY}` },
        { volumes: [{ name: '/etc', target: '/host' }] },
        { volumes: [{ name: 'bw_test_x', target: '/proc/self' }] },
        { ports: [{ ip: '127.0.0.1', hostPort: 80, containerPort: 80, protocol: 'tcp' }] },
        { ports: [{ ip: '', hostPort: 45_003, containerPort: 80, protocol: 'tcp' }] },
        { labels: { 'traefik.enable': 'true' } },
        { image: `sha256:${'0'.repeat(64)}` },
      ];
      for (const part of unsafe) await expect(engine.create(spec(part))).rejects.toEqual(refused('engine_refused'));
    });

    it('announces what happens, from the moment it was asked', async () => {
      const listening = new AbortController();
      const events = await engine.events(listening.signal);
      const engineId = await obedient();
      await engine.stop(engineId, 5);
      await engine.remove(engineId, { force: true });
      const actions = await collect(
        events,
        (event) => event.engineId === engineId,
        ({ action }) => action === 'destroy',
      );
      listening.abort();
      const told = actions.map(({ action }) => action);
      expect(told.slice(0, 3)).toEqual(['create', 'start', 'kill']);
      // Engines differ in which of the two they tell first.
      expect(told.slice(3, -1).sort()).toEqual(['die', 'stop']);
      expect(told.at(-1)).toBe('destroy');
      for (const { action, exitCode } of actions) expect(exitCode).toBe(action === 'die' ? 0 : null);
      for (const { atNs } of actions) expect(atNs).toBeGreaterThan(1_600_000_000_000_000_000n);
    });

    it('tells a health check from starting to its verdict', async () => {
      const health = { command: ['true'], intervalMs: 1000, timeoutMs: 1000, retries: 1, startPeriodMs: 0 };
      const engineId = await started({ health });
      expect(['starting', 'healthy']).toContain((await engine.inspect(engineId)).health);
      await until(async () => (await engine.inspect(engineId)).health === 'healthy', { within: 10_000 });
      expect((await engine.list()).find((one) => one.engineId === engineId)?.health).toBe('healthy');
    });

    describe('on programs', () => {
      const LIMITS = { timeoutMs: 5000, maxBytes: 4096 };
      const run = (engineId: string, argv: string[], limits: Partial<RunLimits> = {}) =>
        engine.run(engineId, argv, { ...LIMITS, ...limits });
      const texts = ({ stdout, stderr }: RunResult) => ({ stdout: stdout.toString(), stderr: stderr.toString() });

      it('hands each word over as it is, with no shell in between', async () => {
        const engineId = await started();
        const result = await run(engineId, ['echo', 'a  b', '$(id)', ';', '*', "'"]);
        expect(texts(result)).toEqual({ stdout: "a  b $(id) ; * '\n", stderr: '' });
        expect(result).toMatchObject({ exitCode: 0, truncated: false, timedOut: false });
      });

      it('keeps both streams apart, and the exit code', async () => {
        const engineId = await started();
        const result = await run(engineId, ['sh', '-c', 'echo out; echo err >&2; exit 3']);
        expect(result.exitCode).toBe(3);
        expect(texts(result)).toEqual({ stdout: 'out\n', stderr: 'err\n' });
      });

      it('gives it what it reads, byte for byte, and then the end', async () => {
        const engineId = await started();
        const input = Buffer.from(Array.from({ length: 100_000 }, (_, at) => at % 256));
        const { stdout, exitCode } = await run(engineId, ['cat'], { input, maxBytes: 200_000 });
        expect(exitCode).toBe(0);
        expect(stdout.equals(input)).toBe(true);
        const nothing = await run(engineId, ['cat'], { input: Buffer.alloc(0) });
        expect(nothing).toMatchObject({ exitCode: 0, stdout: Buffer.alloc(0) });
      });

      it('keeps no more than it was asked to, and says so', async () => {
        const engineId = await started();
        const { stdout, truncated, exitCode } = await run(engineId, ['echo', 'x'.repeat(5000)]);
        expect({ length: stdout.length, truncated, exitCode }).toEqual({ length: 4096, truncated: true, exitCode: 0 });
      });

      it('stops listening when the time is up, with what it heard until then', async () => {
        const engineId = await started();
        const result = await run(engineId, ['sh', '-c', 'echo first; sleep 1000'], { timeoutMs: 700 });
        expect(result).toMatchObject({ exitCode: null, timedOut: true });
        expect(texts(result).stdout).toBe('first\n');
      });

      it('names the program an image does not have', async () => {
        const engineId = await started();
        const refusal = expect.objectContaining({ code: 'tool_missing', params: { program: 'no-such-program' } });
        await expect(run(engineId, ['no-such-program', 'x'])).rejects.toEqual(refusal);
      });

      it('starts where it was asked to, and names the folder that is not there', async () => {
        const engineId = await started();
        expect(texts(await run(engineId, ['pwd'], { workingDir: '/tmp' })).stdout).toBe('/tmp\n');
        const refusal = expect.objectContaining({ code: 'not_found', params: { noun: 'folder', id: '/no-such' } });
        await expect(run(engineId, ['pwd'], { workingDir: '/no-such' })).rejects.toEqual(refusal);
      });

      it('runs in nothing that does not run', async () => {
        await expect(run(await create(), ['echo', 'x'])).rejects.toEqual(refused('wrong_state'));
        const paused = await started();
        await engine.pause(paused);
        await expect(run(paused, ['echo', 'x'])).rejects.toEqual(refused('wrong_state'));
        await engine.unpause(paused);
        await expect(run(NOBODY, ['echo', 'x'])).rejects.toEqual(refused('not_found'));
      });
    });

    it('lists what runs in it, and only there', async () => {
      const engineId = await started({ command: ['sleep', '4321'] });
      const [main, ...others] = await engine.processes(engineId);
      expect(main).toMatchObject({
        pid: expect.any(Number),
        command: 'sleep 4321',
        uid: expect.stringMatching(/^\d+$/),
      });
      expect(Number.isFinite(main?.cpuPercent)).toBe(true);
      expect(others).toEqual([]);
      await expect(engine.processes(await create())).rejects.toEqual(refused('wrong_state'));
      await expect(engine.processes(NOBODY)).rejects.toEqual(refused('not_found'));
    });

    describe('on input', () => {
      const ECHOING = ['sh', '-c', 'while read -r line; do echo "heard: $line"; done'];
      const lines = async (engineId: string) =>
        (await linesOf(engine.logs(engineId, ALL, new AbortController().signal))).map(({ text }) => text);

      it('types to the main program, line after line, and nothing else arrives', async () => {
        const engineId = await started({ command: ECHOING, stdinOpen: true });
        expect(await engine.inspect(engineId)).toMatchObject({ stdinOpen: true });
        const typed = Array.from({ length: 10 }, (_, at) => `line ${at} $(id) "x"`);
        for (const line of typed) await engine.writeStdin(engineId, `${line}\n`);
        await until(async () => (await lines(engineId)).length >= typed.length);
        expect(await lines(engineId)).toEqual(typed.map((line) => `heard: ${line}`));
        expect(await state(engineId)).toBe('running');
      });

      it('says where nobody can type', async () => {
        await expect(engine.writeStdin(await started(), 'x\n')).rejects.toEqual(refused('stdin_closed'));
        const idle = await create({ command: ECHOING, stdinOpen: true });
        await expect(engine.writeStdin(idle, 'x\n')).rejects.toEqual(refused('wrong_state'));
        await expect(engine.writeStdin(NOBODY, 'x\n')).rejects.toEqual(refused('not_found'));
      });
    });

    describe('on programs that are not waited for', () => {
      const begin = async (argv: readonly string[], listening = new AbortController()) => {
        const engineId = await started({ command: OBEDIENT });
        const program = await engine.startProgram(engineId, { argv, workingDir: null }, listening.signal);
        return { engineId, ...program };
      };
      const said = async (output: EngineProgram['output']) => {
        let text = '';
        for await (const { bytes } of output) text += bytes.toString();
        return text;
      };
      const over = async (engineId: string, mark: ProgramMark) => {
        await until(async () => (await engine.findProgram(engineId, mark))?.runs === false);
        return engine.findProgram(engineId, mark);
      };

      it('hands on what they say, and knows how they ended', async () => {
        const { engineId, output, mark } = await begin(['sh', '-c', 'echo one; sleep 1; echo two >&2; exit 3']);
        expect(await engine.findProgram(engineId, mark)).toEqual({ runs: true, exitCode: null });
        expect(await said(output)).toBe('one\ntwo\n');
        expect(await over(engineId, mark)).toEqual({ runs: false, exitCode: 3 });
      });

      it('keeps what they say apart from what they complain about', async () => {
        const { output } = await begin(['sh', '-c', 'echo one; echo two >&2']);
        const [words, complaints]: [string[], string[]] = [[], []];
        for await (const { bytes, isError } of output) (isError ? complaints : words).push(bytes.toString());
        expect([words.join(''), complaints.join('')]).toEqual(['one\n', 'two\n']);
      });

      it('hands over words as they are: no shell reads them', async () => {
        const { output } = await begin(['echo', '$HOME; $(id)', '`id`', '>x']);
        expect(await said(output)).toBe('$HOME; $(id) `id` >x\n');
      });

      it('says of a program that is not there what a shell says', async () => {
        const { engineId, output, mark } = await begin(['nosuchprogram']);
        expect(await said(output)).toContain('not found');
        expect(await over(engineId, mark)).toEqual({ runs: false, exitCode: 127 });
      });

      it('lets them go on where nobody listens any more, and ends them when it is told to', async () => {
        const listening = new AbortController();
        const { engineId, mark } = await begin(['sleep', '1000'], listening);
        listening.abort();
        expect(await engine.findProgram(engineId, mark)).toMatchObject({ runs: true });
        await engine.endProgram(engineId, mark);
        expect(await over(engineId, mark)).toEqual({ runs: false, exitCode: 143 });
        await engine.endProgram(engineId, mark);
      });

      it('ends them with their container, which needs to run', async () => {
        const { engineId, output, mark } = await begin(['sleep', '1000']);
        await engine.kill(engineId, 'SIGKILL');
        expect(await said(output)).toBe('');
        await until(async () => !(await engine.findProgram(engineId, mark))?.runs);
        await ended(engineId);
        const wish = { argv: ['true'], workingDir: null };
        const again = engine.startProgram(engineId, wish, new AbortController().signal);
        await expect(again).rejects.toEqual(refused('wrong_state'));
      });
    });

    describe('at a terminal', () => {
      const WISH = { argv: ['sh'], root: false, workingDir: null, columns: 90, rows: 30 };
      const open = async (engineId: string, wish: Partial<TerminalWish> = {}) => {
        const ending = new AbortController();
        const terminal = await engine.openTerminal(engineId, { ...WISH, ...wish }, ending.signal);
        let said = '';
        terminal.stream.on('data', (bytes: Buffer) => (said += bytes.toString('utf8')));
        const says = (text: string | RegExp) =>
          until(() => said.search(text) !== -1, { what: `Reading ${String(text)}` });
        return { terminal, says, type: (text: string) => terminal.stream.write(text), ending };
      };

      it('says what is typed again, and is as large as it is told', async () => {
        const { says, type, terminal } = await open(await started());
        type('stty size\r');
        await says(/30 90/);
        await terminal.resize(101, 41);
        type('stty size\r');
        await says(/41 101/);
        type('echo zażółć-日本語\r');
        await says(/\nzażółć-日本語\r/);
        expect(await terminal.exitCode()).toBeNull();
      });

      it('starts where it is told', async () => {
        const { says, type } = await open(await started(), { workingDir: '/tmp' });
        type('pwd\r');
        await says(/\n\/tmp\r/);
      });

      it('ends with its program and tells how', async () => {
        const { terminal, type } = await open(await started());
        const over = new Promise((resolve) => terminal.stream.once('close', resolve));
        type('exit 7\r');
        await over;
        expect(await terminal.exitCode()).toBe(7);
      });

      it('outlives its connection until it is hung up, by whoever knows its mark', async () => {
        const engineId = await started();
        const { terminal, ending, says, type } = await open(engineId);
        type('echo here\r');
        await says(/\nhere/);
        ending.abort();
        expect(await terminal.exitCode()).toBeNull();
        await engine.hangUp(engineId, terminal.mark);
        expect(await terminal.exitCode()).not.toBeNull();
        await engine.hangUp(engineId, terminal.mark);
        expect(await state(engineId)).toBe('running');
      });

      it('goes with its container, and needs one that runs', async () => {
        const engineId = await started();
        const { terminal } = await open(engineId);
        const over = new Promise((resolve) => terminal.stream.once('close', resolve));
        await engine.kill(engineId, 'SIGKILL');
        await over;
        await engine.hangUp(engineId, terminal.mark);
        await expect(open(engineId)).rejects.toEqual(refused('wrong_state'));
        await expect(open(NOBODY)).rejects.toEqual(refused('not_found'));
      });
    });

    describe('on logs', () => {
      const read = (engineId: string, options: Partial<LogOptions> = {}) =>
        linesOf(engine.logs(engineId, { ...ALL, ...options }, new AbortController().signal));

      it('keeps every line with its stream and a rising time', async () => {
        const engineId = await started({ command: ['sh', '-c', 'echo one; echo two >&2; echo three'] });
        await ended(engineId);
        const lines = await read(engineId);
        expect(lines.map(({ text }) => text).sort()).toEqual(['one', 'three', 'two']);
        expect(lines.find(({ text }) => text === 'two')?.stream).toBe('stderr');
        expect((await read(engineId, { stderr: false })).map(({ text }) => text)).toEqual(['one', 'three']);
        expect((await read(engineId, { stdout: false })).map(({ text }) => text)).toEqual(['two']);
        const out = lines.filter(({ stream }) => stream === 'stdout');
        expect(out.every(({ partial }) => !partial)).toBe(true);
        expect(out[0] && out[1] && out[0].atNs <= out[1].atNs).toBe(true);
      });

      it('counts from the end, and cuts by time with both ends included', async () => {
        const engineId = await started({ command: ['sh', '-c', 'echo 1; sleep 0.02; echo 2; sleep 0.02; echo 3; sleep 0.02; echo 4'] }); // prettier-ignore
        await ended(engineId);
        expect((await read(engineId, { tail: 2 })).map(({ text }) => text)).toEqual(['3', '4']);
        expect(await read(engineId, { tail: 0 })).toEqual([]);
        const [, second, third] = await read(engineId);
        if (!second || !third) throw new Error('There are too few lines.');
        const between = await read(engineId, { sinceNs: second.atNs, untilNs: third.atNs });
        expect(between.map(({ text }) => text)).toEqual(['2', '3']);
        expect((await read(engineId, { sinceNs: second.atNs + 1n })).map(({ text }) => text)).toEqual(['3', '4']);
      });

      it('follows until the container ends', async () => {
        const engineId = await started({ command: ['sh', '-c', 'echo first; sleep 0.3; echo last'] });
        expect((await read(engineId, { follow: true })).map(({ text }) => text)).toEqual(['first', 'last']);
      });

      it('stops following when told to', async () => {
        const engineId = await started({ command: ['sh', '-c', 'echo first; sleep 1000'] });
        const stop = new AbortController();
        const texts: string[] = [];
        const follow = async () => {
          for await (const { text } of engine.logs(engineId, { ...ALL, follow: true }, stop.signal)) {
            texts.push(text);
            stop.abort();
          }
        };
        await expect(follow()).rejects.toThrow();
        expect(texts).toEqual(['first']);
      });

      it('marks the parts of a line that was too long for one', async () => {
        const long = 'é'.repeat(20_000);
        const engineId = await started({ command: ['sh', '-c', `echo ${long}`] });
        await ended(engineId);
        const parts = await read(engineId);
        expect(parts.length).toBeGreaterThan(1);
        expect(parts.map(({ text }) => text).join('')).toBe(long);
        expect(parts.map(({ partial }) => partial)).toEqual([...parts.slice(1).map(() => true), false]);
      });
    });

    it('makes a network and a volume once, however often it is asked', async () => {
      const wish = aNetwork(network, { labels: TEST_LABEL });
      await Promise.all([engine.ensureNetwork(wish), engine.ensureNetwork(wish)]);
      const volume = `bw_test_${run}_data`;
      volumes.push(volume);
      const own = { ...TEST_LABEL, 'bailiwick.run': run };
      await engine.ensureVolume(volume, own);
      await engine.ensureVolume(volume, own);
      expect(await engine.volumesWithLabel(`bailiwick.run=${run}`)).toMatchObject([
        { name: volume, driver: 'local', options: {}, labels: own },
      ]);
      expect(await engine.findVolume(volume)).toMatchObject({ name: volume, labels: own });
      expect(await engine.findVolume(`${volume}-none`)).toBeUndefined();
      expect(await engine.volumeUsers(volume)).toEqual([]);
      expect((await engine.volumeSizes()).get(volume)).toEqual(expect.any(Number));
      const made = await engine.networksWithLabel('bailiwick.test');
      expect(made.filter(({ name }) => name === network)).toEqual([
        { name: network, labels: TEST_LABEL, subnets: [expect.stringMatching(/^10\.99\.\d+\.0\/24$/)] },
      ]);
      await expect(engine.ensureNetwork({ ...wish, isOurs: () => false })).rejects.toEqual(refused('conflict'));
      await expect(engine.ensureNetwork({ ...wish, name: `${network}x`, place: noRoom })).rejects.toThrow(
        'There is no room.',
      );

      const user = await create({ volumes: [{ name: volume, target: '/data' }] });
      expect((await engine.inspect(user)).mounts).toMatchObject([{ type: 'volume', name: volume, target: '/data' }]);
      expect(await engine.volumeUsers(volume)).toEqual([user]);
      await expect(engine.removeVolume(volume)).rejects.toEqual(refused('conflict'));
      await engine.remove(user, { force: true });
      await engine.removeVolume(volume);
      await engine.removeVolume(volume);
      expect(await engine.volumesWithLabel(`bailiwick.run=${run}`)).toEqual([]);
    });

    it('does nothing for who has given up already', async () => {
      const given = AbortSignal.abort();
      await expect(engine.list(given)).rejects.toThrow();
      await expect(engine.create(spec(), given)).rejects.toThrow();
    });
  });
}

function noRoom(taken: readonly string[]): string {
  throw new Error(taken.length > 0 ? 'There is no room.' : 'Nothing is taken.');
}

async function linesOf(lines: AsyncIterable<EngineLogLine>): Promise<EngineLogLine[]> {
  const read: EngineLogLine[] = [];
  for await (const line of lines) read.push(line);
  return read;
}

async function collect(
  events: AsyncIterable<EngineEvent>,
  wanted: (event: EngineEvent) => boolean,
  last: (event: EngineEvent) => boolean,
): Promise<EngineEvent[]> {
  const collected: EngineEvent[] = [];
  for await (const event of events) {
    if (!wanted(event)) continue;
    collected.push(event);
    if (last(event)) break;
  }
  return collected;
}
