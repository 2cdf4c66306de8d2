import { randomBytes } from 'node:crypto';
import type { EngineInfo } from '@bailiwick/contract';
import { type AppError, conflict, notFound } from '../../kernel/errors.js';
import { toEngine, toUpdate } from './docker-spec.rules.js';
import type {
  ContainerSpec,
  EngineContainer,
  EngineInspection,
  EngineLogLine,
  EngineProcess,
  EngineProgram,
  EngineTerminal,
  LiveChange,
  LogOptions,
  ProgramMark,
  ProgramState,
  ProgramWish,
  RunLimits,
  RunResult,
  TerminalMark,
  TerminalWish,
} from './engine.js';
import { folderMissing, stdinClosed, toolMissing } from './engine-errors.js';
import type { EngineUsage } from './usage.js';
import type { FakeLimits } from './fake-programs.js';
import { FakeContainer } from './fake-container.js';
import { FakeSupplies } from './fake-supplies.engine.js';
import { aFakeImage, imageId } from './fake-image.js';
import type { FakeRunning } from './fake-running.js';
import { inspectFake, listFake } from './fake-inspection.rules.js';
import { isWorkspace } from './workspace-name.rules.js';

/** As who was asked to go leaves it. */
const TERMINATED = 143;

/**
 * An engine in memory that behaves like one, for tests and for a look without Docker. Everything an engine can do to
 * us has a switch: offline, hanging, slow, the nth call failing, events lost or twice, pulls that fail.
 */
export class FakeEngine extends FakeSupplies {
  readonly address = 'fake';
  /** Null: on another host than the core. */
  workspacesDir: string | null = '/workspaces';
  isOnThisHost = true;
  /** Whether it can hand graphics processors to containers. */
  gpus = false;
  private readonly containers = new Map<string, FakeContainer>();
  private readonly hostPorts = new Set<string>();

  // What tests and the demo do to it.

  /** Something outside Docker holds this port of the host. */
  occupyPort(port: number, protocol: 'tcp' | 'udp' = 'tcp'): void {
    this.hostPorts.add(`${protocol}/${port}`);
  }

  /** A container made past the panel. */
  put(
    spec: Partial<ContainerSpec> & { name: string },
    options: { started?: boolean; createdAtMs?: number } = {},
  ): string {
    const full: ContainerSpec = { ...BARE, image: 'app:1', ...spec };
    if (!this.images.has(full.image)) this.images.set(full.image, aFakeImage());
    const engineId = this.make(full, options.createdAtMs ?? this.clock.now());
    if (options.started ?? true) this.get(engineId).start();
    return engineId;
  }

  /** The pretended container behind an id: to make it exit, run out of memory, turn unhealthy or talk. */
  get(engineId: string): FakeContainer {
    const container = this.find(engineId);
    if (!container) throw notFound('container', engineId);
    return container;
  }

  // What an engine offers.

  async info(signal?: AbortSignal): Promise<EngineInfo> {
    await this.call('info', signal);
    return {
      name: 'demo',
      version: '28.5.2',
      apiVersion: '1.51',
      operatingSystem: 'Bailiwick demo engine',
      architecture: 'x86_64',
      cpus: 4,
      memoryBytes: 8 * 1024 ** 3,
      storageDriver: 'overlay2',
      cgroupVersion: '2',
      rootless: false,
      gpus: this.gpus,
      warnings: [],
    };
  }

  async ping(signal?: AbortSignal): Promise<void> {
    await this.call('ping', signal);
  }

  async list(signal?: AbortSignal): Promise<EngineContainer[]> {
    await this.call('list', signal);
    return [...this.containers.values()].map(listFake);
  }

  async inspect(engineId: string, signal?: AbortSignal): Promise<EngineInspection> {
    await this.call('inspect', signal);
    return inspectFake(this.get(engineId), this.workspacesDir);
  }

  async findByName(name: string, signal?: AbortSignal): Promise<EngineInspection | undefined> {
    await this.call('findByName', signal);
    const found = [...this.containers.values()].find((container) => container.name === name);
    return found && inspectFake(found, this.workspacesDir);
  }

  async create(spec: ContainerSpec, signal?: AbortSignal): Promise<string> {
    toEngine(spec, this.workspacesDir); // refuses what a real one must never be asked
    await this.call('create', signal);
    if (!this.images.has(spec.image))
      throw conflict('image_unavailable', `The image ${spec.image} is not on this engine.`, {
        params: { image: spec.image },
        raw: `No such image: ${spec.image}`,
      });
    if (!this.networks.has(spec.network)) throw notFound('network', spec.network);
    const volumes = [...spec.volumes, ...(spec.unnamed ?? [])];
    for (const { name } of volumes)
      if (!isWorkspace(name) && !this.volumes.has(name)) this.volumes.set(name, { labels: {}, plain: true });
    return this.make({ ...spec, volumes }, this.clock.now());
  }

  async start(engineId: string, signal?: AbortSignal): Promise<void> {
    await this.call('start', signal);
    const container = this.get(engineId);
    if (container.isUp) throw wrongState('It is running already.', container);
    this.assertPortsFree(container);
    container.start();
  }

  async stop(engineId: string, _timeoutSeconds: number, signal?: AbortSignal): Promise<void> {
    await this.call('stop', signal);
    const container = this.get(engineId);
    if (!container.isUp) throw wrongState('It is not running.', container);
    container.stop();
  }

  async restart(engineId: string, _timeoutSeconds: number, signal?: AbortSignal): Promise<void> {
    await this.call('restart', signal);
    const container = this.get(engineId);
    if (container.isUp) container.stop();
    this.assertPortsFree(container);
    container.start();
    this.announce(engineId, 'restart');
  }

  async pause(engineId: string, signal?: AbortSignal): Promise<void> {
    await this.call('pause', signal);
    const container = this.get(engineId);
    if (container.state !== 'running') throw wrongState('Only a running container can be paused.', container);
    container.pause();
  }

  async unpause(engineId: string, signal?: AbortSignal): Promise<void> {
    await this.call('unpause', signal);
    const container = this.get(engineId);
    if (container.state !== 'paused') throw wrongState('It is not paused.', container);
    container.unpause();
  }

  async kill(engineId: string, signal: string, abort?: AbortSignal): Promise<void> {
    await this.call('kill', abort);
    const container = this.get(engineId);
    if (!container.isUp) throw wrongState('It is not running.', container);
    container.kill(signal);
  }

  async rename(engineId: string, name: string, signal?: AbortSignal): Promise<void> {
    await this.call('rename', signal);
    const container = this.get(engineId);
    this.assertNameFree(name);
    container.name = name;
    this.announce(engineId, 'rename');
  }

  async update(engineId: string, change: LiveChange, signal?: AbortSignal): Promise<void> {
    toUpdate(change); // refuses what a real one must never be asked
    await this.call('update', signal);
    this.get(engineId).update(change);
    this.announce(engineId, 'update');
  }

  async joinNetwork(engineId: string, network: string, signal?: AbortSignal): Promise<void> {
    await this.call('joinNetwork', signal);
    if (!this.networks.has(network)) throw notFound('network', network);
    this.get(engineId).networks.add(network);
    this.announce(engineId, 'connect');
  }

  async run(engineId: string, argv: readonly string[], limits: RunLimits, signal?: AbortSignal): Promise<RunResult> {
    await this.call('run', signal);
    const container = this.get(engineId);
    if (container.state !== 'running') throw wrongState('Only in a running container can anything be run.', container);
    const { workingDir } = limits;
    if (workingDir !== undefined && container.files.get(container.files.realPath(workingDir) ?? '')?.kind !== 'folder')
      throw folderMissing(workingDir);
    const result = container.run(argv, await withInput(limits));
    if (!result) throw toolMissing(argv[0] ?? '');
    return result;
  }

  async processes(engineId: string, signal?: AbortSignal): Promise<EngineProcess[]> {
    await this.call('processes', signal);
    const container = this.get(engineId);
    if (container.state !== 'running') throw wrongState('Only in a running container does anything run.', container);
    return container.processes();
  }

  async startProgram(engineId: string, wish: ProgramWish, signal: AbortSignal): Promise<EngineProgram> {
    await this.call('startProgram', signal);
    const container = this.get(engineId);
    if (container.state !== 'running') throw wrongState('Only in a running container can anything be run.', container);
    return container.startProgram(wish, signal);
  }

  async findProgram(
    _engineId: string,
    { execId }: ProgramMark,
    signal?: AbortSignal,
  ): Promise<ProgramState | undefined> {
    await this.call('findProgram', signal);
    return this.programs().find(({ mark }) => mark.execId === execId)?.state;
  }

  async endProgram(_engineId: string, { execId }: ProgramMark, signal?: AbortSignal): Promise<void> {
    await this.call('endProgram', signal);
    this.programs()
      .find(({ mark }) => mark.execId === execId)
      ?.finish(TERMINATED);
  }

  async openTerminal(engineId: string, wish: TerminalWish, signal: AbortSignal): Promise<EngineTerminal> {
    await this.call('openTerminal', signal);
    const container = this.get(engineId);
    if (container.state !== 'running') throw wrongState('Only a running container has a terminal.', container);
    return container.openTerminal(wish, signal);
  }

  async hangUp(engineId: string, { pid }: TerminalMark, signal?: AbortSignal): Promise<void> {
    await this.call('hangUp', signal);
    this.find(engineId)?.terminals.get(pid)?.hangUp();
  }

  async writeStdin(engineId: string, text: string, signal?: AbortSignal): Promise<void> {
    await this.call('writeStdin', signal);
    const container = this.get(engineId);
    if (!container.spec.stdinOpen) throw stdinClosed(container.name);
    if (container.state !== 'running') throw wrongState('Only what runs can be typed to.', container);
    container.type(text);
  }

  async remove(engineId: string, { force }: { force: boolean }, signal?: AbortSignal): Promise<void> {
    await this.call('remove', signal);
    const container = this.find(engineId);
    if (!container) return;
    if (container.isUp && !force) throw wrongState('It is running. Stop it first.', container);
    if (container.isUp) container.kill('SIGKILL');
    container.silence();
    this.containers.delete(container.engineId);
    this.announce(container.engineId, 'destroy');
  }

  async *logs(engineId: string, options: LogOptions, signal: AbortSignal): AsyncGenerator<EngineLogLine> {
    await this.call('logs', signal);
    const container = this.get(engineId);
    const isOver = () => !container.isUp || !this.containers.has(container.engineId);
    for await (const line of container.log.read(options, signal, () => this.isOffline || isOver())) {
      if (this.isOffline) throw this.down();
      yield line;
    }
    if (options.follow && this.isOffline) throw this.down();
  }

  async layerBytes(engineId: string, signal?: AbortSignal): Promise<number | undefined> {
    await this.call('layerBytes', signal);
    return this.get(engineId).use.layerBytes;
  }

  usage(engineId: string): EngineUsage | undefined {
    return this.isOffline ? undefined : this.find(engineId)?.usage();
  }

  close(): void {
    for (const container of this.containers.values()) container.silence();
    this.endEvents();
  }

  private make(spec: ContainerSpec, createdAtMs: number): string {
    this.assertNameFree(spec.name);
    const image = this.images.get(spec.image) ?? aFakeImage();
    const engineId = randomBytes(32).toString('hex');
    const container = new FakeContainer(
      engineId,
      { ...spec, labels: { ...image.labels, ...spec.labels }, env: { ...image.env, ...spec.env } },
      { ...image, id: imageId(spec.image) },
      createdAtMs,
      () => this.clock.now(),
      (action, exitCode) => this.announce(engineId, action, exitCode),
    );
    this.containers.set(engineId, container);
    this.announce(engineId, 'create');
    return engineId;
  }

  private programs(): FakeRunning[] {
    return [...this.containers.values()].flatMap(({ programs }) => programs);
  }

  protected usersOf(volume: string): FakeContainer[] {
    return [...this.containers.values()].filter(({ spec }) => spec.volumes.some(({ name }) => name === volume));
  }

  /** By id, the beginning of one, or name, as engines do. */
  private find(idOrName: string): FakeContainer | undefined {
    const exact = this.containers.get(idOrName);
    if (exact) return exact;
    const all = [...this.containers.values()];
    return all.find(
      ({ name, engineId }) => name === idOrName || (idOrName.length >= 12 && engineId.startsWith(idOrName)),
    );
  }

  private assertNameFree(name: string): void {
    const taken = [...this.containers.values()].find((container) => container.name === name);
    if (taken) throw conflict('name_taken', `The name ${name} is taken.`, { params: { name } });
  }

  private assertPortsFree(container: FakeContainer): void {
    const up = [...this.containers.values()].filter((other) => other !== container && other.isUp);
    const taken = new Set([...this.hostPorts, ...up.flatMap(({ spec }) => spec.ports.map(portKey))]);
    const busy = container.spec.ports.find((port) => taken.has(portKey(port)));
    if (!busy) return;
    throw conflict('port_conflict', `Port ${busy.hostPort} is in use.`, {
      params: { hostPort: busy.hostPort, protocol: busy.protocol },
      raw: `Bind for ${busy.ip}:${busy.hostPort} failed: port is already allocated`,
    });
  }
}

const BARE: Omit<ContainerSpec, 'name' | 'image'> = {
  entrypoint: null,
  command: null,
  env: {},
  user: null,
  workingDir: null,
  ports: [],
  volumes: [],
  network: 'bridge',
  memoryBytes: 64 * 1024 * 1024,
  memorySwapBytes: 64 * 1024 * 1024,
  cpus: 1,
  cpuQuota: null,
  cpuShares: null,
  cpuset: null,
  pids: 256,
  shmBytes: null,
  diskBytes: null,
  restart: { name: 'no', maximumRetryCount: 0 },
  health: null,
  profile: 'compat',
  stdinOpen: false,
  labels: {},
  tags: {},
};

const portKey = ({ protocol, hostPort }: { protocol: string; hostPort: number }): string => `${protocol}/${hostPort}`;

const wrongState = (message: string, { state, name }: FakeContainer): AppError =>
  conflict('wrong_state', message, { params: { state, name } });

/** A pretended program reads all it is given before it begins. */
async function withInput({ input, ...limits }: RunLimits): Promise<FakeLimits> {
  if (input === undefined) return limits;
  if (Buffer.isBuffer(input)) return { ...limits, input };
  const pieces: Buffer[] = [];
  for await (const piece of input) pieces.push(piece);
  return { ...limits, input: Buffer.concat(pieces) };
}
