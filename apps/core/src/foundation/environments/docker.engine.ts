import type { EngineInfo } from '@bailiwick/contract';
import { conflict, isAppError } from '../../kernel/errors.js';
import { ListRows, SizeAnswer, toEngineInfo, toEvent, toInspection } from './docker-answers.rules.js';
import { assertName, DockerCalls, goneIsFine, LIMIT_MS, NAME, onContainer } from './docker-calls.js';
import { DockerCgroups } from './docker-cgroups.js';
import { DockerNetworks } from './docker-networks.js';
import { PS_COLUMNS, toProcesses } from './docker-processes.rules.js';
import { DockerExecs } from './docker-execs.js';
import { DockerPrograms } from './docker-programs.js';
import { DockerTerminals } from './docker-terminals.js';
import { DockerImages } from './docker-images.js';
import { DockerUsage } from './docker-usage.js';
import { DockerVolumes } from './docker-volumes.js';
import { toAppError } from './docker-errors.rules.js';
import { DockerLogs } from './docker-logs.js';
import { linesOf } from './docker-lines.js';
import { toEngine, toUpdate } from './docker-spec.rules.js';
import { agrees } from './docker-status.rules.js';
import {
  type ContainerSpec,
  Engine,
  type EngineContainer,
  type EngineEvent,
  type EngineImage,
  type EngineInspection,
  type EngineLogLine,
  type EngineNetwork,
  type EngineProcess,
  type EngineProgram,
  type EngineTerminal,
  type EngineVolume,
  type LiveChange,
  type LogOptions,
  type NetworkWish,
  type ProgramMark,
  type ProgramState,
  type ProgramWish,
  type PullProgress,
  type RegistryImage,
  type RunLimits,
  type RunResult,
  type TerminalMark,
  type TerminalWish,
} from './engine.js';
import type { EngineAddress } from './engine-address.js';
import { engineUnavailable, imageUnavailable, stdinClosed } from './engine-errors.js';
import { EventQueue } from './event-queue.js';
import { withoutDetails } from './inspection.rules.js';
import { Slots } from './slots.js';
import type { EngineUsage } from './usage.js';

const STOP_GRACE_MS = 15_000;
const INSPECTS_AT_ONCE = 8;
/** How far back events are asked for; hearing one twice does no harm. */
const PAST_S = 5;
/** What changes a container; the many exec events of health checks are left out. */
const TELLING_EVENTS = ['create', 'start', 'die', 'stop', 'kill', 'pause', 'unpause', 'restart', 'rename', 'destroy', 'update', 'oom', 'health_status']; // prettier-ignore
/** What an inspection told of a container, at hand without another question. */
interface Recent {
  readonly container: EngineContainer;
  readonly tty: boolean;
  readonly pid: number | null;
  readonly cpuLimit: number | null;
}

/** A Docker Engine from 20.10 on, or what speaks like one. The only place that talks to it. */
export class DockerEngine extends Engine {
  private readonly calls: DockerCalls;
  private readonly cgroups: DockerCgroups;
  private readonly networks: DockerNetworks;
  private readonly programs: DockerPrograms;
  private readonly terminals: DockerTerminals;
  private readonly volumes: DockerVolumes;
  private readonly images: DockerImages;
  private readonly slots = new Slots(INSPECTS_AT_ONCE);
  /** By engine id: what the last look told, so that a list looks again only where something changed. */
  private readonly recent = new Map<string, Recent>();
  private readonly logStreams: DockerLogs;
  private readonly uses: DockerUsage;

  constructor(
    findAddress: () => EngineAddress | undefined,
    private readonly hostFolder: string | null = null,
  ) {
    super();
    this.calls = new DockerCalls(findAddress);
    this.cgroups = new DockerCgroups(this.calls);
    this.networks = new DockerNetworks(this.calls);
    const execs = new DockerExecs(this.calls);
    this.programs = new DockerPrograms(this.calls, execs);
    this.terminals = new DockerTerminals(this.calls, execs);
    this.images = new DockerImages(this.calls);
    this.volumes = new DockerVolumes(this.calls);
    this.logStreams = new DockerLogs(this.calls);
    this.uses = new DockerUsage(this.calls);
  }

  get address(): string | null {
    return this.calls.address?.text ?? null;
  }

  /** Who is spoken to over a socket is on this very host. */
  get workspacesDir(): string | null {
    return this.calls.address?.kind === 'socket' ? this.hostFolder : null;
  }

  get isOnThisHost(): boolean {
    return this.calls.address?.kind === 'socket';
  }

  async info(signal?: AbortSignal): Promise<EngineInfo> {
    const { apiVersion } = await this.calls.connected();
    const call = { call: 'info', noun: 'engine', name: '', limitMs: LIMIT_MS.ask, signal } as const;
    const answer: unknown = await this.calls.ask(call, (docker, abortSignal) => docker.info({ abortSignal }));
    const info = toEngineInfo(answer, apiVersion);
    this.uses.hostMemoryBytes = info.memoryBytes;
    return info;
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
    this.uses.keepOnly(listed);
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
    this.recent.set(inspection.engineId, {
      container: withoutDetails(inspection),
      tty: inspection.tty,
      pid: inspection.pid,
      cpuLimit: inspection.limits.cpus,
    });
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
    const call = { ...onContainer('create', spec.name), limitMs: LIMIT_MS.create, signal };
    const cgroups = await this.cgroups.driver(signal);
    try {
      // Which folder of the host is meant is known once it is connected.
      const container = await this.calls.ask(call, (docker, abortSignal) =>
        docker.createContainer({ ...toEngine(spec, this.workspacesDir, cgroups), abortSignal }),
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

  run(engineId: string, argv: readonly string[], limits: RunLimits, signal?: AbortSignal): Promise<RunResult> {
    return this.programs.run(engineId, argv, limits, signal);
  }

  async processes(engineId: string, signal?: AbortSignal): Promise<EngineProcess[]> {
    const call = { ...onContainer('top', engineId), limitMs: LIMIT_MS.ask, signal };
    const answer: unknown = await this.calls.ask(call, (docker, abortSignal) =>
      docker.getContainer(engineId).top({ ps_args: PS_COLUMNS, abortSignal }),
    );
    return toProcesses(answer);
  }

  startProgram(engineId: string, wish: ProgramWish, signal: AbortSignal): Promise<EngineProgram> {
    return this.programs.start(engineId, wish, signal);
  }

  findProgram(engineId: string, mark: ProgramMark, signal?: AbortSignal): Promise<ProgramState | undefined> {
    return this.programs.find(engineId, mark, signal);
  }

  endProgram(engineId: string, mark: ProgramMark, signal?: AbortSignal): Promise<void> {
    return this.programs.end(engineId, mark, signal);
  }

  openTerminal(engineId: string, wish: TerminalWish, signal: AbortSignal): Promise<EngineTerminal> {
    return this.terminals.open(engineId, wish, signal);
  }

  hangUp(engineId: string, mark: TerminalMark, signal?: AbortSignal): Promise<void> {
    return this.terminals.hangUp(engineId, mark, signal);
  }

  async writeStdin(engineId: string, text: string, signal?: AbortSignal): Promise<void> {
    const { stdinOpen, state, name } = await this.inspect(engineId, signal);
    if (!stdinOpen) throw stdinClosed(name);
    // An engine lets one attach to what does not run, and keeps one waiting.
    if (state !== 'running')
      throw conflict('wrong_state', `It is ${state}; only what runs can be typed to.`, { params: { state, name } });
    await this.programs.type(engineId, text, signal);
  }

  async remove(engineId: string, { force }: { force: boolean }, signal?: AbortSignal): Promise<void> {
    const call = { ...onContainer('remove', engineId), limitMs: LIMIT_MS.remove, signal };
    await goneIsFine(() =>
      this.calls.ask(call, (docker, abortSignal) =>
        docker.getContainer(engineId).remove({ v: true, force, abortSignal }),
      ),
    );
  }

  findImage(ref: string, signal?: AbortSignal): Promise<EngineImage | undefined> {
    return this.images.find(ref, signal);
  }

  lookUpImage(ref: string, signal?: AbortSignal): Promise<RegistryImage | undefined> {
    return this.images.lookUp(ref, signal);
  }

  pull(ref: string, onProgress: (progress: PullProgress) => void, signal?: AbortSignal): Promise<void> {
    return this.images.pull(ref, onProgress, signal);
  }

  ensureNetwork(wish: NetworkWish, signal?: AbortSignal): Promise<void> {
    return this.networks.ensure(wish, signal);
  }

  ensureVolume(name: string, labels: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<void> {
    return this.volumes.ensure(name, labels, signal);
  }

  findVolume(name: string, signal?: AbortSignal): Promise<EngineVolume | undefined> {
    return this.volumes.find(name, signal);
  }

  volumeUsers(name: string, signal?: AbortSignal): Promise<string[]> {
    return this.volumes.users(name, () => this.workspacesDir, signal);
  }

  volumeSizes(signal?: AbortSignal): Promise<ReadonlyMap<string, number>> {
    return this.volumes.sizes(signal);
  }

  removeVolume(name: string, signal?: AbortSignal): Promise<void> {
    return this.volumes.remove(name, signal);
  }

  volumesWithLabel(label: string, signal?: AbortSignal): Promise<EngineVolume[]> {
    return this.volumes.withLabel(label, signal);
  }

  networksWithLabel(label: string, signal?: AbortSignal): Promise<EngineNetwork[]> {
    return this.networks.withLabel(label, signal);
  }

  async *logs(engineId: string, options: LogOptions, signal: AbortSignal): AsyncGenerator<EngineLogLine> {
    const isTerminal = this.recent.get(engineId)?.tty ?? (await this.inspect(engineId, signal)).tty;
    yield* this.logStreams.read(engineId, isTerminal, options, signal);
  }

  async layerBytes(engineId: string, signal?: AbortSignal): Promise<number | undefined> {
    const call = { ...onContainer('inspect', engineId), limitMs: LIMIT_MS.list, signal };
    const answer: unknown = await this.calls.ask(call, (docker, abortSignal) => {
      // The library passes it on; its types forget it.
      const options = { size: true, abortSignal };
      return docker.getContainer(engineId).inspect(options);
    });
    return SizeAnswer.parse(answer).SizeRw;
  }

  usage(engineId: string): EngineUsage | undefined {
    const { pid = null, cpuLimit = null } = this.recent.get(engineId) ?? {};
    const counted = pid === null ? undefined : this.uses.read(engineId, pid, this.isOnThisHost);
    return counted && { ...counted, cpuLimit };
  }

  close(): void {
    this.uses.close();
    this.calls.close();
  }

  private async lookAgain(engineId: string, signal?: AbortSignal): Promise<EngineContainer | undefined> {
    try {
      return withoutDetails(await this.inspect(engineId, signal));
    } catch (error) {
      if (isAppError(error, 'not_found')) return undefined; // went while we listed
      throw error;
    }
  }

  private async pump(stream: NodeJS.ReadableStream, queue: EventQueue<EngineEvent>): Promise<void> {
    for await (const line of linesOf(stream)) queue.push(toEvent(line));
    queue.end(engineUnavailable('connection_lost', 'The engine ended its events.'));
  }
}
