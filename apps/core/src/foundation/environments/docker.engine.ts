import { createInterface } from 'node:readline';
import { Duplex } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { EngineInfo } from '@bailiwick/contract';
import { type AppError, conflict, invalid, isAppError } from '../../kernel/errors.js';
import { Mutex } from '../../kernel/mutex.js';
import {
  DiskUsageAnswer,
  ExecAnswer,
  ListRows,
  NetworksAnswer,
  toEngineInfo,
  toEvent,
  toInspection,
  toVolume,
  VolumeAnswer,
  VolumesAnswer,
} from './docker-answers.rules.js';
import { ASK_MS, type Call, DockerCalls } from './docker-calls.js';
import { type Doing, fromStream, toAppError } from './docker-errors.rules.js';
import { FramedLogDecoder, type LogDecoder, LogStreamError, TerminalLogDecoder } from './docker-log.rules.js';
import { PullTally } from './docker-pull.rules.js';
import { toEngine, toUpdate } from './docker-spec.rules.js';
import { agrees } from './docker-status.rules.js';
import {
  type ContainerSpec,
  Engine,
  type EngineContainer,
  type EngineEvent,
  type EngineInspection,
  type EngineLogLine,
  type EngineVolume,
  type LiveChange,
  type LogOptions,
  type PullProgress,
  type RunLimits,
  type RunResult,
} from './engine.js';
import type { EngineAddress } from './engine-address.js';
import { engineTimeout, engineUnavailable, imageUnavailable, stdinClosed, toolMissing } from './engine-errors.js';
import { EventQueue } from './event-queue.js';
import { withoutDetails } from './inspection.rules.js';
import { complaintOf, RunOutput } from './run-output.rules.js';
import { Slots } from './slots.js';

/** How long each kind of call may take. */
const LIMIT_MS = {
  ask: ASK_MS,
  list: 15_000,
  change: 15_000,
  create: 60_000,
  start: 60_000,
  remove: 60_000,
  stall: 60_000,
};
const STOP_GRACE_MS = 15_000;
const INSPECTS_AT_ONCE = 8;
/** How far back events are asked for; hearing one twice does no harm. */
const PAST_S = 5;
/** What changes a container; the many exec events of health checks are left out. */
const TELLING_EVENTS = ['create', 'start', 'die', 'stop', 'kill', 'pause', 'unpause', 'restart', 'rename', 'destroy', 'update', 'oom', 'health_status']; // prettier-ignore
/** An engine ends a program's output a moment before it knows how it ended. */
const EXIT_LOOKS = 40;
const EXIT_LOOK_MS = 25;
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/;
const IMAGE = /^[a-zA-Z0-9][a-zA-Z0-9._/:@-]{0,254}$/;

/** A Docker Engine from 20.10 on, or what speaks like one. The only place that talks to it. */
export class DockerEngine extends Engine {
  private readonly calls: DockerCalls;
  private readonly slots = new Slots(INSPECTS_AT_ONCE);
  private readonly networking = new Mutex();
  /** By engine id: what the last look told, so that a list looks again only where something changed. */
  private readonly recent = new Map<string, { container: EngineContainer; tty: boolean }>();

  constructor(findAddress: () => EngineAddress | undefined) {
    super();
    this.calls = new DockerCalls(findAddress);
  }

  get address(): string | null {
    return this.calls.address?.text ?? null;
  }

  async info(signal?: AbortSignal): Promise<EngineInfo> {
    const { apiVersion } = await this.calls.connected();
    const call = { call: 'info', noun: 'engine', name: '', limitMs: LIMIT_MS.ask, signal } as const;
    return toEngineInfo(await this.calls.ask(call, (docker, abortSignal) => docker.info({ abortSignal })), apiVersion);
  }

  async ping(signal?: AbortSignal): Promise<void> {
    const call = { call: 'ping', noun: 'engine', name: '', limitMs: LIMIT_MS.ask, signal } as const;
    await this.calls.ask(call, (docker, abortSignal) => docker.ping({ abortSignal }));
  }

  async list(signal?: AbortSignal): Promise<EngineContainer[]> {
    const call = { call: 'list', noun: 'engine', name: '', limitMs: LIMIT_MS.list, signal } as const;
    const answer: unknown = await this.calls.ask(call, (docker, abortSignal) =>
      docker.listContainers({ all: true, abortSignal }),
    );
    const nowMs = Date.now();
    const rows = ListRows.parse(answer);
    const listed = new Set(rows.map(({ Id }) => Id));
    for (const engineId of this.recent.keys()) if (!listed.has(engineId)) this.recent.delete(engineId);
    const containers = await Promise.all(
      rows.map(async (row) => {
        const known = this.recent.get(row.Id)?.container;
        return known && agrees(row, known, nowMs) ? known : this.slots.run(() => this.lookAgain(row.Id, signal));
      }),
    );
    return containers.filter((container) => container !== undefined);
  }

  async inspect(engineId: string, signal?: AbortSignal): Promise<EngineInspection> {
    const call = { ...onContainer('inspect', engineId), limitMs: LIMIT_MS.ask, signal };
    const inspection = toInspection(
      await this.calls.ask(call, (docker, abortSignal) => docker.getContainer(engineId).inspect({ abortSignal })),
    );
    this.recent.set(inspection.engineId, { container: withoutDetails(inspection), tty: inspection.tty });
    return inspection;
  }

  async findByName(name: string, signal?: AbortSignal): Promise<EngineInspection | undefined> {
    try {
      const inspection = await this.inspect(name, signal);
      // An engine also takes the beginning of an id for a name.
      return inspection.name === name ? inspection : undefined;
    } catch (error) {
      if (isAppError(error, 'not_found')) return undefined;
      throw error;
    }
  }

  async events(signal: AbortSignal): Promise<AsyncIterable<EngineEvent>> {
    const doing = { call: 'events', noun: 'engine', name: '' } as const;
    const filters = { type: ['container'], event: TELLING_EVENTS };
    // An engine answers a moment before it listens: what fell into that moment is asked for as the past.
    const since = Math.floor(Date.now() / 1000) - PAST_S;
    const stream = await this.calls.open({ ...doing, limitMs: LIMIT_MS.ask, signal }, (docker, abortSignal) =>
      docker.getEvents({ filters, since, abortSignal }),
    );
    const queue = new EventQueue<EngineEvent>();
    signal.addEventListener('abort', () => queue.end(), { once: true });
    // Read from the first byte on, also before anybody iterates: what is announced meanwhile must not be lost.
    this.pump(stream, queue).catch((error: unknown) =>
      queue.end(signal.aborted ? undefined : toAppError(error, doing)),
    );
    return queue;
  }

  async create(spec: ContainerSpec, signal?: AbortSignal): Promise<string> {
    const body = toEngine(spec);
    const call = { ...onContainer('create', spec.name), limitMs: LIMIT_MS.create, signal };
    try {
      const container = await this.calls.ask(call, (docker, abortSignal) =>
        docker.createContainer({ ...body, abortSignal }),
      );
      return container.id;
    } catch (error) {
      if (isAppError(error, 'image_unavailable')) throw imageUnavailable(spec.image, error.raw ?? '');
      throw error;
    }
  }

  async start(engineId: string, signal?: AbortSignal): Promise<void> {
    const call = { ...onContainer('start', engineId), limitMs: LIMIT_MS.start, signal };
    await this.calls.ask(call, (docker, abortSignal) => docker.getContainer(engineId).start({ abortSignal }));
  }

  async stop(engineId: string, timeoutSeconds: number, signal?: AbortSignal): Promise<void> {
    const call = { ...onContainer('stop', engineId), limitMs: timeoutSeconds * 1000 + STOP_GRACE_MS, signal };
    await this.calls.ask(call, (docker, abortSignal) =>
      docker.getContainer(engineId).stop({ t: timeoutSeconds, abortSignal }),
    );
  }

  async restart(engineId: string, timeoutSeconds: number, signal?: AbortSignal): Promise<void> {
    const call = { ...onContainer('restart', engineId), limitMs: timeoutSeconds * 1000 + LIMIT_MS.start, signal };
    await this.calls.ask(call, (docker, abortSignal) =>
      docker.getContainer(engineId).restart({ t: timeoutSeconds, abortSignal }),
    );
  }

  async pause(engineId: string, signal?: AbortSignal): Promise<void> {
    const call = { ...onContainer('pause', engineId), limitMs: LIMIT_MS.change, signal };
    await this.calls.ask(call, (docker, abortSignal) => docker.getContainer(engineId).pause({ abortSignal }));
  }

  async unpause(engineId: string, signal?: AbortSignal): Promise<void> {
    const call = { ...onContainer('unpause', engineId), limitMs: LIMIT_MS.change, signal };
    await this.calls.ask(call, (docker, abortSignal) => docker.getContainer(engineId).unpause({ abortSignal }));
  }

  async kill(engineId: string, signal: string, abort?: AbortSignal): Promise<void> {
    const call = { ...onContainer('kill', engineId), limitMs: LIMIT_MS.change, signal: abort };
    await this.calls.ask(call, (docker, abortSignal) => docker.getContainer(engineId).kill({ signal, abortSignal }));
  }

  async rename(engineId: string, name: string, signal?: AbortSignal): Promise<void> {
    assertName('name', name, NAME);
    const call = { ...onContainer('rename', engineId), name, limitMs: LIMIT_MS.change, signal };
    await this.calls.ask(call, (docker, abortSignal) => docker.getContainer(engineId).rename({ name, abortSignal }));
  }

  async update(engineId: string, change: LiveChange, signal?: AbortSignal): Promise<void> {
    const body = toUpdate(change);
    const call = { ...onContainer('update', engineId), limitMs: LIMIT_MS.change, signal };
    await this.calls.ask(call, (docker, abortSignal) => docker.getContainer(engineId).update({ ...body, abortSignal }));
  }

  async joinNetwork(engineId: string, network: string, signal?: AbortSignal): Promise<void> {
    assertName('network', network, NAME);
    const { networks } = await this.inspect(engineId, signal);
    if (networks.includes(network)) return;
    const call = { call: 'connect', noun: 'network', name: network, limitMs: LIMIT_MS.change, signal } as const;
    await this.calls.ask(call, (docker) => docker.getNetwork(network).connect({ Container: engineId }));
  }

  async run(engineId: string, argv: readonly string[], limits: RunLimits, signal?: AbortSignal): Promise<RunResult> {
    const doing = onContainer('run', engineId);
    const { id } = await this.calls.ask({ ...doing, limitMs: LIMIT_MS.change, signal }, (docker, abortSignal) =>
      docker.getContainer(engineId).exec({
        Cmd: [...argv],
        AttachStdin: limits.input !== undefined,
        AttachStdout: true,
        AttachStderr: true,
        Tty: false,
        Privileged: false,
        abortSignal,
      }),
    );
    const output = new RunOutput(limits.maxBytes);
    const heard = await this.hear(id, { doing, limits, output, signal });
    const exitCode = heard === 'end' ? await this.exitCodeOf(id, doing, signal) : null;
    const complaint = complaintOf(exitCode, output);
    if (complaint !== undefined) throw toolMissing(argv[0] ?? '', complaint);
    const { stdout, stderr, truncated } = output;
    return { exitCode, stdout, stderr, truncated, timedOut: heard === 'time' };
  }

  async writeStdin(engineId: string, text: string, signal?: AbortSignal): Promise<void> {
    const { stdinOpen, state, name } = await this.inspect(engineId, signal);
    const doing = onContainer('attach', engineId);
    if (!stdinOpen) throw stdinClosed(name);
    // An engine lets one attach to what does not run, and keeps one waiting.
    if (state !== 'running')
      throw conflict('wrong_state', `It is ${state}; only what runs can be typed to.`, { params: { state, name } });
    const timeUp = AbortSignal.timeout(LIMIT_MS.change);
    const ending = signal ? AbortSignal.any([signal, timeUp]) : timeUp;
    try {
      const stream = await this.calls.converse(
        { ...doing, limitMs: LIMIT_MS.change, signal: ending },
        async (docker, abortSignal) => {
          const options = { stream: true, stdin: true, stdout: false, stderr: false, hijack: true, abortSignal };
          const socket = await docker.getContainer(engineId).attach(options);
          if (socket instanceof Duplex) return socket;
          throw new Error('The engine answered and did not open a connection.');
        },
      );
      stream.end(text);
      await finished(stream.resume());
    } catch (error) {
      signal?.throwIfAborted();
      throw timeUp.aborted ? engineTimeout('attach', LIMIT_MS.change) : toAppError(error, doing);
    }
  }

  async remove(engineId: string, { force }: { force: boolean }, signal?: AbortSignal): Promise<void> {
    const call = { ...onContainer('remove', engineId), limitMs: LIMIT_MS.remove, signal };
    await goneIsFine(() =>
      this.calls.ask(call, (docker, abortSignal) =>
        docker.getContainer(engineId).remove({ v: true, force, abortSignal }),
      ),
    );
  }

  async hasImage(ref: string, signal?: AbortSignal): Promise<boolean> {
    assertName('image', ref, IMAGE);
    const call = { call: 'inspect', noun: 'engine', name: ref, limitMs: LIMIT_MS.ask, signal } as const;
    try {
      await this.calls.ask(call, async () => (await this.calls.connected()).impatient.getImage(ref).inspect());
      return true;
    } catch (error) {
      if (isAppError(error, 'not_found') || isAppError(error, 'image_unavailable')) return false;
      throw error;
    }
  }

  async pull(ref: string, onProgress: (progress: PullProgress) => void, signal?: AbortSignal): Promise<void> {
    assertName('image', ref, IMAGE);
    const doing = { call: 'pull', noun: 'image', name: ref } as const;
    const stalled = new AbortController();
    const patience = setTimeout(() => stalled.abort(), LIMIT_MS.stall);
    const stop = () => stalled.abort();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const stream = await this.calls.open(
        { ...doing, limitMs: LIMIT_MS.stall, signal: stalled.signal },
        (docker, abortSignal) => docker.pull(ref, { abortSignal }),
      );
      const tally = new PullTally();
      for await (const line of linesOf(stream)) {
        patience.refresh();
        const told = tally.take(line);
        if ('error' in told) throw fromStream(told.error, doing);
        onProgress(told.progress);
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (stalled.signal.aborted) throw engineTimeout('pull', LIMIT_MS.stall);
      throw toAppError(error, doing);
    } finally {
      clearTimeout(patience);
      signal?.removeEventListener('abort', stop);
    }
  }

  /** One after the other: an engine that is asked twice at once makes two of one name, and then starts nothing in either. */
  ensureNetwork(name: string, labels: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<void> {
    assertName('network', name, NAME);
    return this.networking.run(() => this.makeNetwork(name, labels, signal));
  }

  async ensureVolume(name: string, labels: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<void> {
    assertName('volume', name, NAME);
    const doing = { noun: 'volume', name, limitMs: LIMIT_MS.change, signal } as const;
    await this.calls.ask({ ...doing, call: 'create' }, (docker, abortSignal) =>
      docker.createVolume({ Name: name, Driver: 'local', Labels: { ...labels }, abortSignal }),
    );
    // A create answers with the volume that was there already, whatever it mounts.
    const made = await this.findVolume(name, signal);
    if (made?.driver !== 'local' || Object.keys(made.options).length > 0) throw foreign('volume', name);
  }

  async findVolume(name: string, signal?: AbortSignal): Promise<EngineVolume | undefined> {
    assertName('volume', name, NAME);
    const call = { call: 'inspect', noun: 'volume', name, limitMs: LIMIT_MS.ask, signal } as const;
    try {
      const answer: unknown = await this.calls.ask(call, (docker, abortSignal) =>
        docker.getVolume(name).inspect({ abortSignal }),
      );
      return toVolume(VolumeAnswer.parse(answer));
    } catch (error) {
      if (isAppError(error, 'not_found')) return undefined;
      throw error;
    }
  }

  async volumeUsers(name: string, signal?: AbortSignal): Promise<string[]> {
    assertName('volume', name, NAME);
    const call = { call: 'list', noun: 'volume', name, limitMs: LIMIT_MS.list, signal } as const;
    const answer: unknown = await this.calls.ask(call, (docker, abortSignal) =>
      docker.listContainers({ all: true, filters: { volume: [name] }, abortSignal }),
    );
    return ListRows.parse(answer).map(({ Id }) => Id);
  }

  async volumeSizes(signal?: AbortSignal): Promise<ReadonlyMap<string, number>> {
    const call = { call: 'df', noun: 'engine', name: '', limitMs: LIMIT_MS.list, signal } as const;
    const answer: unknown = await this.calls.ask(call, (docker, abortSignal) => docker.df({ abortSignal }));
    const sizes = DiskUsageAnswer.parse(answer).Volumes.map(
      ({ Name, UsageData }) => [Name, UsageData?.Size ?? -1] as const,
    );
    // An engine that cannot tell says -1.
    return new Map(sizes.filter(([, bytes]) => bytes >= 0));
  }

  async removeVolume(name: string, signal?: AbortSignal): Promise<void> {
    assertName('volume', name, NAME);
    const call = { call: 'remove', noun: 'volume', name, limitMs: LIMIT_MS.remove, signal } as const;
    await goneIsFine(() =>
      this.calls.ask(call, (docker, abortSignal) => docker.getVolume(name).remove({ abortSignal })),
    );
  }

  async volumesWithLabel(label: string, signal?: AbortSignal): Promise<EngineVolume[]> {
    const call = { call: 'list', noun: 'volume', name: label, limitMs: LIMIT_MS.list, signal } as const;
    const answer: unknown = await this.calls.ask(call, (docker, abortSignal) =>
      docker.listVolumes({ filters: { label: [label] }, abortSignal }),
    );
    return VolumesAnswer.parse(answer).Volumes.map(toVolume);
  }

  async networksWithLabel(label: string, signal?: AbortSignal): Promise<string[]> {
    const call = { call: 'list', noun: 'network', name: label, limitMs: LIMIT_MS.list, signal } as const;
    const answer: unknown = await this.calls.ask(call, (docker, abortSignal) =>
      docker.listNetworks({ filters: { label: [label] }, abortSignal }),
    );
    return NetworksAnswer.parse(answer).map(({ Name }) => Name);
  }

  async *logs(engineId: string, options: LogOptions, signal: AbortSignal): AsyncGenerator<EngineLogLine> {
    const doing = onContainer('logs', engineId);
    const decoder = await this.logDecoder(engineId, signal);
    const query = toLogQuery(options);
    const stream = await this.calls.open({ ...doing, limitMs: LIMIT_MS.list, signal }, (docker, abortSignal) =>
      // `follow` makes dockerode stream; what the engine is asked stands in `_query`.
      docker.getContainer(engineId).logs({ follow: true, ...query, abortSignal }),
    );
    try {
      for await (const chunk of stream) yield* decoder.push(toBuffer(chunk));
      yield* decoder.end();
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof LogStreamError) throw fromStream(error.message, doing);
      throw toAppError(error, doing);
    }
  }

  close(): void {
    this.calls.close();
  }

  /** Listens until the program ends, its time is up, or it says far too much. */
  private async hear(
    execId: string,
    {
      doing,
      limits,
      output,
      signal,
    }: { doing: Doing; limits: RunLimits; output: RunOutput; signal?: AbortSignal | undefined },
  ): Promise<'end' | 'time' | 'flood'> {
    const { input, timeoutMs } = limits;
    const timeUp = AbortSignal.timeout(timeoutMs);
    const ending = signal ? AbortSignal.any([signal, timeUp]) : timeUp;
    const typed = input !== undefined;
    try {
      const stream = await this.calls.converse(
        { ...doing, limitMs: timeoutMs, signal: ending },
        (docker, abortSignal) => docker.getExec(execId).start({ hijack: typed, stdin: typed, abortSignal }),
      );
      if (typed) stream.end(input);
      for await (const chunk of stream) {
        output.push(toBuffer(chunk as string | Buffer));
        if (output.isFlood) return 'flood';
      }
      return 'end';
    } catch (error) {
      signal?.throwIfAborted();
      if (timeUp.aborted) return 'time';
      throw toAppError(error, doing);
    }
  }

  private async exitCodeOf(execId: string, doing: Doing, signal?: AbortSignal): Promise<number | null> {
    for (let look = 0; look < EXIT_LOOKS; look++) {
      const answer: unknown = await this.calls.ask({ ...doing, limitMs: LIMIT_MS.ask, signal }, (docker, abortSignal) =>
        docker.getExec(execId).inspect({ abortSignal }),
      );
      const { Running, ExitCode } = ExecAnswer.parse(answer);
      if (!Running && ExitCode !== null) return ExitCode;
      await pause(EXIT_LOOK_MS, undefined, { signal });
    }
    return null;
  }

  private async lookAgain(engineId: string, signal?: AbortSignal): Promise<EngineContainer | undefined> {
    try {
      return withoutDetails(await this.inspect(engineId, signal));
    } catch (error) {
      if (isAppError(error, 'not_found')) return undefined; // went while we listed
      throw error;
    }
  }

  private async makeNetwork(
    name: string,
    labels: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<void> {
    const doing = { noun: 'network', name, limitMs: LIMIT_MS.change, signal } as const;
    const answer: unknown = await this.calls.ask({ ...doing, call: 'list' }, (docker, abortSignal) =>
      docker.listNetworks({ filters: { name: [name] }, abortSignal }),
    );
    const [found, ...twins] = oldestFirst(NetworksAnswer.parse(answer).filter((network) => network.Name === name));
    if (found && found.Driver !== 'bridge') throw foreign('network', name);
    for (const twin of twins) {
      if (!carries(twin.Labels, labels)) throw foreign('network', name);
      await this.removeTwin({ ...doing, call: 'remove' }, twin.Id);
    }
    if (found) return;
    try {
      await this.calls.ask({ ...doing, call: 'create' }, (docker, abortSignal) =>
        docker.createNetwork({
          Name: name,
          Driver: 'bridge',
          CheckDuplicate: true,
          Labels: { ...labels },
          abortSignal,
        }),
      );
    } catch (error) {
      // Somebody else made it between the two questions.
      if (!isAppError(error, 'conflict')) throw error;
    }
  }

  /** Somebody past this core made a second one of the name; while both stand the engine can use neither. */
  private async removeTwin(call: Call, id: string): Promise<void> {
    await goneIsFine(() =>
      this.calls.ask(call, (docker, abortSignal) => docker.getNetwork(id).remove({ abortSignal })),
    );
  }

  private async logDecoder(engineId: string, signal: AbortSignal): Promise<LogDecoder> {
    const tty = this.recent.get(engineId)?.tty ?? (await this.inspect(engineId, signal)).tty;
    return tty ? new TerminalLogDecoder() : new FramedLogDecoder();
  }

  private async pump(stream: NodeJS.ReadableStream, queue: EventQueue<EngineEvent>): Promise<void> {
    for await (const line of linesOf(stream)) queue.push(toEvent(line));
    queue.end(engineUnavailable('connection_lost', 'The engine ended its events.'));
  }
}

/** Checks the id too: it becomes part of a path. */
function onContainer(call: string, name: string): Doing {
  assertName('container', name, NAME);
  return { call, noun: 'container', name };
}

function assertName(field: string, text: string, grammar: RegExp): void {
  if (!grammar.test(text))
    throw invalid([{ path: field, code: 'invalid_format', message: `This is no ${field} name.` }], 'invalid_name');
}

async function goneIsFine(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isAppError(error, 'not_found')) throw error;
  }
}

const carries = (found: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(([label, value]) => found[label] === value);

const oldestFirst = <Network extends { Created: string }>(networks: Network[]): Network[] =>
  networks.sort((one, other) => Date.parse(one.Created) - Date.parse(other.Created));

const foreign = (noun: string, name: string): AppError =>
  conflict('conflict', `A ${noun} ${name} exists and is not a plain one of ours.`, { params: { [noun]: name } });

/** A digest in the options would be sent in the address; times go as seconds with nine digits. */
function toLogQuery({ tail, sinceNs, untilNs, follow, stdout, stderr }: LogOptions) {
  return {
    _query: {
      timestamps: true,
      follow,
      stdout,
      stderr,
      tail: tail === null ? 'all' : String(tail),
      ...(sinceNs === null ? {} : { since: toSeconds(sinceNs) }),
      ...(untilNs === null ? {} : { until: toSeconds(untilNs) }),
    },
  };
}

const toSeconds = (ns: bigint): string => `${ns / 1_000_000_000n}.${String(ns % 1_000_000_000n).padStart(9, '0')}`;
const toBuffer = (chunk: string | Buffer): Buffer => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk);

async function* linesOf(stream: NodeJS.ReadableStream): AsyncGenerator<string> {
  // A line reader hides that its stream broke; the stream itself tells.
  let failure: Error | undefined;
  stream.once('error', (error: Error) => (failure = error));
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) if (line.trim() !== '') yield line;
  if (failure) throw failure;
}
