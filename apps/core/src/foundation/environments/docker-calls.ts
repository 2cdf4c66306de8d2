import { Agent } from 'node:http';
import { addAbortSignal, type Duplex } from 'node:stream';
import { inspect } from 'node:util';
import Docker from 'dockerode';
import { type AppError, conflict, invalid, isAppError, unreachable } from '../../kernel/errors.js';
import { Deadline } from './deadline.js';
import { VersionAnswer } from './docker-answers.rules.js';
import { type Doing, toAppError } from './docker-errors.rules.js';
import type { EngineAddress } from './engine-address.js';
import { engineTimeout, engineUnavailable } from './engine-errors.js';

/** How long each kind of call may take. */
export const LIMIT_MS = {
  ask: 5000,
  list: 15_000,
  change: 15_000,
  create: 60_000,
  start: 60_000,
  remove: 60_000,
  stall: 60_000,
};
const SOCKETS = 32;
const MOST_CALLS = 200;
export const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}$/;
export const IMAGE = /^[a-zA-Z0-9][a-zA-Z0-9._/:@-]{0,254}$/;
const OLDEST_API = [1, 41] as const;
/** The newest we were tried against; a younger engine is spoken to in this one. */
const NEWEST_API = [1, 51] as const;

/** Takes a signal as well, which the library's types forget. */
interface Abortable {
  info(options: { abortSignal: AbortSignal }): Promise<unknown>;
  ping(options: { abortSignal: AbortSignal }): Promise<unknown>;
  version(options: { abortSignal: AbortSignal }): Promise<unknown>;
  df(options: { abortSignal: AbortSignal }): Promise<unknown>;
  getEvents(options: { filters: object; since: number; abortSignal: AbortSignal }): Promise<NodeJS.ReadableStream>;
  pull(ref: string, options: { abortSignal: AbortSignal }): Promise<NodeJS.ReadableStream>;
}
type AbortableDocker = Omit<Docker, keyof Abortable> & Abortable;

interface Connected {
  readonly docker: AbortableDocker;
  /** Gives up by itself: for the one call that takes no signal. */
  readonly impatient: AbortableDocker;
  readonly apiVersion: string;
}
export interface Call extends Doing {
  readonly limitMs: number;
  readonly signal?: AbortSignal | undefined;
}
type Work<Result> = (docker: AbortableDocker, abortSignal: AbortSignal) => Promise<Result>;

/** How one Docker Engine is spoken to: found when first asked, every question with a limit, every failure an error of ours. */
export class DockerCalls {
  /** Where it was found; nothing before it was looked for. */
  address: EngineAddress | undefined;
  private connecting: Promise<Connected> | undefined;
  private waiting = 0;
  private readonly questions = new BriefAgent({ keepAlive: true, maxSockets: SOCKETS, maxFreeSockets: 8 });
  private readonly streams = new BriefAgent({ keepAlive: false });

  constructor(private readonly findAddress: () => EngineAddress | undefined) {}

  /** One question with its own time limit; what comes back is an answer or an error of ours. */
  async ask<Result>({ limitMs, signal, ...doing }: Call, work: Work<Result>): Promise<Result> {
    signal?.throwIfAborted();
    if (this.waiting >= MOST_CALLS) throw unreachable('busy', 'Too many questions wait for this engine.');
    const timer = new Deadline(limitMs, signal);
    this.waiting += 1;
    try {
      return await timer.race(async () => work((await this.connected()).docker, timer.signal));
    } catch (error) {
      throw this.translate(error, timer, doing);
    } finally {
      this.waiting -= 1;
      timer.clear();
    }
  }

  /** Like `ask`, for answers that flow: the limit is for their beginning, the signal for their whole life. */
  async open<Stream extends NodeJS.ReadableStream>(
    { limitMs, signal, ...doing }: Call,
    work: Work<Stream>,
  ): Promise<Stream> {
    signal?.throwIfAborted();
    const timer = new Deadline(limitMs, signal);
    try {
      const docker = this.forStreams(await timer.race(() => this.connected()));
      const stream = await timer.race(() => work(docker, timer.signal));
      timer.keepSignal();
      stream.once('close', () => timer.clear());
      return stream;
    } catch (error) {
      timer.clear();
      throw this.translate(error, timer, doing);
    }
  }

  /** Like `open`, for a program: what is said both ways ends with the signal, whatever its connection became. */
  async converse(call: Call & { signal: AbortSignal }, work: Work<Duplex>): Promise<Duplex> {
    const stream = await this.open(call, work);
    return addAbortSignal(call.signal, stream);
  }

  close(): void {
    this.questions.destroy();
    this.streams.destroy();
  }

  private translate(error: unknown, timer: Deadline, doing: Doing): unknown {
    if (timer.outer?.aborted) return timer.outer.reason;
    const ours = timer.isOver ? engineTimeout(doing.call, timer.limitMs) : toAppError(error, doing);
    // The next call looks for the engine anew: it may be another one, at another place.
    if (ours.code === 'engine_unavailable') this.connecting = undefined;
    return ours;
  }

  connected(): Promise<Connected> {
    this.connecting ??= this.connect().catch((error: unknown) => {
      this.connecting = undefined;
      throw error;
    });
    return this.connecting;
  }

  private async connect(): Promise<Connected> {
    this.address = this.findAddress();
    if (!this.address) throw engineUnavailable('no_engine', 'No Docker engine was found on this machine.');
    const doing = { call: 'version', noun: 'engine', name: '' } as const;
    const timer = new Deadline(LIMIT_MS.ask);
    const first = dockerAt(this.address, this.questions);
    try {
      const answer: unknown = await timer.race(() => first.version({ abortSignal: timer.signal }));
      const apiVersion = negotiate(VersionAnswer.parse(answer).ApiVersion);
      return {
        docker: dockerAt(this.address, this.questions, { version: `v${apiVersion}` }),
        impatient: dockerAt(this.address, this.questions, { version: `v${apiVersion}`, timeout: LIMIT_MS.ask }),
        apiVersion,
      };
    } catch (error) {
      throw timer.isOver ? engineTimeout('version', LIMIT_MS.ask) : toAppError(error, doing);
    } finally {
      timer.clear();
    }
  }

  private forStreams({ apiVersion }: Connected): AbortableDocker {
    if (!this.address) throw engineUnavailable('no_engine', 'No Docker engine was found on this machine.');
    return dockerAt(this.address, this.streams, { version: `v${apiVersion}` });
  }
}

/** The library renders the options of every request for a debug log nobody reads: 18 ms of a whole agent, sockets and all. */
class BriefAgent extends Agent {
  [inspect.custom](): string {
    return 'Agent';
  }
}

/** `host` and the certificates are named so that the library does not read DOCKER_HOST by itself. */
function dockerAt(
  address: EngineAddress,
  agent: Agent,
  options: { version?: string; timeout?: number } = {},
): AbortableDocker {
  const common = { ...options, agent, protocol: 'http', ca: undefined, cert: undefined, key: undefined } as const;
  return address.kind === 'socket'
    ? new Docker({ ...common, host: undefined, socketPath: address.path })
    : new Docker({ ...common, host: address.host, port: address.port });
}

function negotiate(offered: string): string {
  const [major = 0, minor = 0] = offered.split('.').map(Number);
  if (major < OLDEST_API[0] || (major === OLDEST_API[0] && minor < OLDEST_API[1]))
    throw engineUnavailable(
      'engine_too_old',
      `This engine speaks API ${offered}; ${OLDEST_API.join('.')} is the oldest we know.`,
    );
  return major > NEWEST_API[0] || minor > NEWEST_API[1] ? NEWEST_API.join('.') : offered;
}

/** Checks the id too: it becomes part of a path. */
export function onContainer(call: string, name: string): Doing {
  assertName('container', name, NAME);
  return { call, noun: 'container', name };
}

export function assertName(field: string, text: string, grammar: RegExp): void {
  if (!grammar.test(text))
    throw invalid([{ path: field, code: 'invalid_format', message: `This is no ${field} name.` }], 'invalid_name');
}

export async function goneIsFine(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isAppError(error, 'not_found')) throw error;
  }
}

export const foreign = (noun: string, name: string): AppError =>
  conflict('conflict', `A ${noun} ${name} exists and is not a plain one of ours.`, { params: { [noun]: name } });
