import type { Duplex } from 'node:stream';
import type {
  ContainerState,
  EngineInfo,
  HostBind,
  PortRule,
  PublishedPort,
  RestartPolicyName,
  UnsafeMaking,
} from '@bailiwick/contract';
import type { OutputPiece } from './run-output.rules.js';
import type { EngineUsage } from './usage.js';

/** A container as an engine lists it. Times are epoch milliseconds; null where the engine does not say. */
export interface EngineContainer {
  readonly engineId: string;
  readonly name: string;
  readonly image: string;
  readonly imageId: string;
  readonly state: ContainerState;
  readonly health: 'none' | 'starting' | 'healthy' | 'unhealthy';
  readonly exitCode: number | null;
  readonly oomKilled: boolean;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  readonly ports: readonly PublishedPort[];
  readonly labels: Readonly<Record<string, string>>;
  readonly networks: readonly string[];
}

/** For which machines an image is, in the words of registries: `linux`, `amd64`. */
export interface ImagePlatform {
  readonly os: string;
  readonly architecture: string;
}
export interface EngineImage {
  readonly platform: ImagePlatform;
  /** As whom it runs where nobody says; empty is root. */
  readonly user: string;
  readonly sizeBytes: number;
}
/** None where the registry does not say. */
export interface RegistryImage {
  readonly platforms: readonly ImagePlatform[];
}

/** Everything one inspect tells that the panel shows, and the engine's own words for staff. */
export interface EngineInspection extends EngineContainer {
  readonly command: readonly string[];
  readonly entrypoint: readonly string[];
  readonly workingDir: string;
  readonly user: string;
  readonly env: readonly string[];
  readonly tty: boolean;
  /** Its main program can be typed to again and again: open, and not closed by the first who leaves. */
  readonly stdinOpen: boolean;
  /** What is published whenever it runs; unlike `ports`, also while it does not. */
  readonly portRules: readonly PortRule[];
  readonly restartPolicy: { readonly name: string; readonly maximumRetryCount: number };
  readonly restartCount: number;
  /** Of its main program, as its host counts; null while it does not run. */
  readonly pid: number | null;
  readonly mounts: ReadonlyArray<{
    type: string;
    name: string | null;
    source: string | null;
    target: string;
    readOnly: boolean;
  }>;
  readonly networkAddresses: ReadonlyArray<{ name: string; ip: string | null }>;
  readonly limits: { readonly memoryBytes: number | null; readonly cpus: number | null; readonly pids: number | null };
  readonly healthProbes: ReadonlyArray<{ atMs: number; exitCode: number; output: string }>;
  readonly making: EngineMaking;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** How it was made, whoever made it, as far as an inspection does not say it elsewhere; null where nobody decided. */
export interface EngineMaking extends Pick<ContainerSpec, 'cpuQuota' | 'cpuShares' | 'cpuset' | 'shmBytes' | 'health'> {
  readonly memorySwapBytes: number | null;
  readonly unsafe: readonly UnsafeMaking[];
  /** What no field of ours says, each in the engine's words. */
  readonly beyond: readonly string[];
}

/** The only body a create is built from: closed, so that nothing a person typed can reach another engine field. */
export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  /** Null: the image's. */
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[] | null;
  readonly env: Readonly<Record<string, string>>;
  /** Numbers only, so that no image decides who that is; null: the image's. */
  readonly user: string | null;
  /** Null: the image's. */
  readonly workingDir: string | null;
  readonly ports: ReadonlyArray<{ ip: string; hostPort: number; containerPort: number; protocol: 'tcp' | 'udp' }>;
  /** Of the engine's own, and managed workspaces by their names. */
  readonly volumes: ReadonlyArray<{ name: string; target: string }>;
  /** What nobody named, from the container this one takes the place of: an engine calls those by 64 digits. */
  readonly unnamed?: ReadonlyArray<{ name: string; target: string }>;
  /** Folders of the host, each looked at before it comes here. */
  readonly binds?: readonly HostBind[] | undefined;
  /** Graphics processors, by number only: no device is ever named. */
  readonly gpus?: number | undefined;
  readonly network: string;
  readonly memoryBytes: number;
  readonly memorySwapBytes: number;
  readonly cpus: number;
  /** Instead of `cpus`, which is what it comes to: the engine takes one of them. */
  readonly cpuQuota: { readonly quotaUs: number; readonly periodUs: number } | null;
  readonly cpuShares: number | null;
  readonly cpuset: string | null;
  readonly pids: number;
  readonly shmBytes: number | null;
  /** What it may write beside its volumes; null where its engine bounds nothing. */
  readonly diskBytes: number | null;
  readonly restart: RestartPolicy;
  readonly health: {
    command: readonly string[];
    intervalMs: number;
    timeoutMs: number;
    retries: number;
    startPeriodMs: number;
  } | null;
  readonly profile: 'strict' | 'compat';
  /** For programs that are typed to; others find their input at its end. */
  readonly stdinOpen: boolean;
  /** Ours, all under `bailiwick.`. */
  readonly labels: Readonly<Record<string, string>>;
  /** Whatever people want to find it by: nothing that we, the engine or another program reads. */
  readonly tags: Readonly<Record<string, string>>;
}

export interface PullProgress {
  readonly percent: number | null;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface RestartPolicy {
  readonly name: RestartPolicyName;
  /** For `on-failure`; 0 is without end. */
  readonly maximumRetryCount: number;
}

/** What an engine changes on a container without making it anew. Bytes; swap is memory and swap together. */
export interface LiveChange {
  readonly restart?: RestartPolicy;
  readonly memory?: { readonly memoryBytes: number; readonly memorySwapBytes: number };
  readonly cpus?: number;
  readonly cpuQuota?: NonNullable<ContainerSpec['cpuQuota']>;
  readonly cpuShares?: number;
  /** Empty: every processor. */
  readonly cpuset?: string;
  readonly pids?: number;
}

export interface RunLimits {
  /** When we stop listening. An engine cannot end what it started in a container: that is left to run. */
  readonly timeoutMs: number;
  /** Of each stream; what is more is not kept. */
  readonly maxBytes: number;
  /** What it reads; without it, its input is at its end. */
  readonly input?: Buffer | AsyncIterable<Buffer>;
  /** Where it starts, instead of where the container's own program does. */
  readonly workingDir?: string;
}

/** A program at a terminal of its own. */
export interface TerminalWish {
  readonly argv: readonly string[];
  /** Else as the container's own user; never with more privileges than the container has. */
  readonly root: boolean;
  /** Null: where its main program started. */
  readonly workingDir: string | null;
  readonly columns: number;
  readonly rows: number;
}

/** By what a terminal is found again, by whoever was not there when it was opened. */
export interface TerminalMark {
  readonly execId: string;
  /** As processes of that container are numbered. */
  readonly pid: number;
  readonly root: boolean;
}

export interface EngineTerminal {
  readonly mark: TerminalMark;
  /** Bytes both ways; ends when the program does, or the connection. */
  readonly stream: Duplex;
  resize(columns: number, rows: number): Promise<void>;
  /** Null while it runs, and where the engine does not know any more. */
  exitCode(): Promise<number | null>;
}

/** A program that nobody types to. */
export interface ProgramWish {
  readonly argv: readonly string[];
  /** Null: where the container's main program started. */
  readonly workingDir: string | null;
}

/** By what a program is found again, by whoever was not there when it was started. */
export interface ProgramMark {
  readonly execId: string;
  /** As processes of that container are numbered. */
  readonly pid: number;
  /** When it began, in the container's own count: another process may be given its number. Null where it did not say. */
  readonly born: string | null;
}

export interface EngineProgram {
  readonly mark: ProgramMark;
  /** Both of its streams as they come; ends when the program does, or the connection. It waits for who does not read. */
  readonly output: AsyncIterable<OutputPiece>;
}

/** `exitCode` is null while it runs. */
export interface ProgramState {
  readonly runs: boolean;
  readonly exitCode: number | null;
}

/** A program that runs in a container; numbers as its host counts them. */
export interface EngineProcess {
  readonly pid: number;
  readonly parentPid: number;
  readonly uid: string;
  readonly cpuPercent: number;
  readonly memoryPercent: number;
  /** As `ps` says it: `[[days-]hours:]minutes:seconds`. */
  readonly elapsed: string;
  readonly command: string;
}

/** What a program in a container left; `exitCode` is null where nobody waited for its end. */
export interface RunResult {
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly truncated: boolean;
  readonly timedOut: boolean;
}

/** A volume as the engine describes it. Whose it is, its labels claim and a signature proves. */
export interface EngineVolume {
  readonly name: string;
  readonly driver: string;
  /** Anything here makes it something else than a plain folder of the engine's: a mount of the host, a share. */
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Where it lies on the engine's host; null where the engine does not say. */
  readonly mountpoint: string | null;
}

/** A network as the engine describes it. Whose it is, its labels claim and a signature proves. */
export interface EngineNetwork {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Where it lies, as `10.0.0.0/24`. */
  readonly subnets: readonly string[];
}

export interface NetworkWish {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Whether one of that name that is there already may be used. */
  readonly isOurs: (labels: Readonly<Record<string, string>>) => boolean;
  /** Where a new one goes, beside everything that is taken; asked again with what an engine turned out not to give. */
  readonly place: (taken: readonly string[]) => string;
}

/** What the engine announced; a hint that something changed, never the truth itself. */
export interface EngineEvent {
  readonly kind: 'container';
  readonly engineId: string;
  readonly action: string;
  /** With what code it ended; null for every action but `die`. */
  readonly exitCode: number | null;
  readonly atNs: bigint;
}

export interface LogOptions {
  /** Lines from the end; null for all. */
  readonly tail: number | null;
  /** Inclusive, nanoseconds since the epoch. */
  readonly sinceNs: bigint | null;
  readonly untilNs: bigint | null;
  readonly follow: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
}

/** One line as the engine kept it, without the line break. `partial`: the engine split it, the rest follows. */
export interface EngineLogLine {
  readonly atNs: bigint;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  readonly partial: boolean;
}

/**
 * A live connection to something that runs containers. Typed calls only: no raw path or body can be reached.
 * Every call has a timeout of its own and takes a signal; errors are ours: `engine_unavailable` (503),
 * `engine_timeout` (503), `not_found` (404), `name_taken` / `port_conflict` / `wrong_state` (409),
 * `image_unavailable` / `tool_missing` / `stdin_closed` (409), `engine_refused` (400/500) with the engine's words in `raw`.
 */
export abstract class Engine {
  /** Where it is spoken to; null while none was found. */
  abstract readonly address: string | null;
  /** The folder of managed workspaces as its host calls it; null where its host is not the core's. */
  abstract readonly workspacesDir: string | null;
  /** What it runs on is what the core runs on. */
  abstract readonly isOnThisHost: boolean;

  abstract info(signal?: AbortSignal): Promise<EngineInfo>;
  abstract ping(signal?: AbortSignal): Promise<void>;
  abstract list(signal?: AbortSignal): Promise<EngineContainer[]>;
  abstract inspect(engineId: string, signal?: AbortSignal): Promise<EngineInspection>;
  /** Undefined when there is none of that name. */
  abstract findByName(name: string, signal?: AbortSignal): Promise<EngineInspection | undefined>;
  /** Yields until the signal aborts; throws when the connection is lost. Subscribed before the promise resolves. */
  abstract events(signal: AbortSignal): Promise<AsyncIterable<EngineEvent>>;

  /** Returns the engine's id. */
  abstract create(spec: ContainerSpec, signal?: AbortSignal): Promise<string>;
  abstract start(engineId: string, signal?: AbortSignal): Promise<void>;
  abstract stop(engineId: string, timeoutSeconds: number, signal?: AbortSignal): Promise<void>;
  abstract restart(engineId: string, timeoutSeconds: number, signal?: AbortSignal): Promise<void>;
  abstract pause(engineId: string, signal?: AbortSignal): Promise<void>;
  abstract unpause(engineId: string, signal?: AbortSignal): Promise<void>;
  abstract kill(engineId: string, signal: string, abort?: AbortSignal): Promise<void>;
  abstract rename(engineId: string, name: string, signal?: AbortSignal): Promise<void>;
  /** At once, on the container as it is; what is not named stays. */
  abstract update(engineId: string, change: LiveChange, signal?: AbortSignal): Promise<void>;
  /** In it already is fine. */
  abstract joinNetwork(engineId: string, network: string, signal?: AbortSignal): Promise<void>;
  /**
   * Runs one program in a running container: no shell, no terminal, no privileges, as the container's own user.
   * `tool_missing` (409) where the image has no such program.
   */
  abstract run(engineId: string, argv: readonly string[], limits: RunLimits, signal?: AbortSignal): Promise<RunResult>;
  /** Like `run`, without waiting for its end. The signal ends the connection, not the program: see `endProgram`. */
  abstract startProgram(engineId: string, wish: ProgramWish, signal: AbortSignal): Promise<EngineProgram>;
  /**
   * Undefined where the engine knows nothing of it any more: it ended, however that was. Of one whose listener went away
   * an engine may say that it ended with 126, and it is looked for among the processes: its exit code is not known then.
   */
  abstract findProgram(engineId: string, mark: ProgramMark, signal?: AbortSignal): Promise<ProgramState | undefined>;
  /** Asks it and what it started to go, and kills what does not. Ended already is fine. */
  abstract endProgram(engineId: string, mark: ProgramMark, signal?: AbortSignal): Promise<void>;
  /** What runs in it. */
  abstract processes(engineId: string, signal?: AbortSignal): Promise<EngineProcess[]>;
  /** The signal ends the connection, not the program: see `hangUp`. `tool_missing` (409) where there is no such program. */
  abstract openTerminal(engineId: string, wish: TerminalWish, signal: AbortSignal): Promise<EngineTerminal>;
  /** Ends the program of a terminal and what it has in front. Ended already is fine. */
  abstract hangUp(engineId: string, mark: TerminalMark, signal?: AbortSignal): Promise<void>;
  /** Types to the main program and reads nothing: who attaches and stalls would stall the program. */
  abstract writeStdin(engineId: string, text: string, signal?: AbortSignal): Promise<void>;
  /** Anonymous volumes go with it, named ones stay. Gone already is fine. */
  abstract remove(engineId: string, options: { force: boolean }, signal?: AbortSignal): Promise<void>;

  /** On the host; undefined when it is not there. */
  abstract findImage(ref: string, signal?: AbortSignal): Promise<EngineImage | undefined>;
  /** At its registry, without fetching it: undefined when that has none; `image_unavailable` when nobody can say. */
  abstract lookUpImage(ref: string, signal?: AbortSignal): Promise<RegistryImage | undefined>;
  abstract pull(ref: string, onProgress: (progress: PullProgress) => void, signal?: AbortSignal): Promise<void>;
  /** Makes a bridge network where it is missing; refuses one of that name that is not ours. Safe to repeat. */
  abstract ensureNetwork(wish: NetworkWish, signal?: AbortSignal): Promise<void>;
  /** Makes a plain local volume where it is missing; refuses one of that name with a driver or options. */
  abstract ensureVolume(name: string, labels: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<void>;
  /** Undefined when there is none of that name. */
  abstract findVolume(name: string, signal?: AbortSignal): Promise<EngineVolume | undefined>;
  /** The ids of containers that mount it, running or not; of a workspace as well. */
  abstract volumeUsers(name: string, signal?: AbortSignal): Promise<string[]>;
  /** Bytes by name, of those it can tell; counting takes an engine a while. */
  abstract volumeSizes(signal?: AbortSignal): Promise<ReadonlyMap<string, number>>;
  abstract removeVolume(name: string, signal?: AbortSignal): Promise<void>;
  abstract volumesWithLabel(label: string, signal?: AbortSignal): Promise<EngineVolume[]>;
  abstract networksWithLabel(label: string, signal?: AbortSignal): Promise<EngineNetwork[]>;

  /** Lines in order; ends when the container stops (follow) or the range is read. */
  abstract logs(engineId: string, options: LogOptions, signal: AbortSignal): AsyncIterable<EngineLogLine>;
  /** What it used until now, without waiting; undefined where that is not known yet, or it does not run. */
  abstract usage(engineId: string): EngineUsage | undefined;
  /** What its own layer of files takes, beside its image; an engine walks through them to know. Undefined where it cannot tell. */
  abstract layerBytes(engineId: string, signal?: AbortSignal): Promise<number | undefined>;
  abstract close(): void;
}
