import {
  type ContainerId,
  type Shell,
  type Terminal,
  TERMINAL_HIGH_BYTES,
  TERMINAL_LOW_BYTES,
  TERMINAL_REPLAY_BYTES,
  type TerminalExit,
  type TerminalId,
  type TerminalNotice,
  type TerminalSize,
  type UserId,
} from '@bailiwick/contract';
import type { EngineTerminal } from '../../foundation/environments/engine.js';
import { exitFrame, noticeFrame } from './terminal-frames.rules.js';
import { TerminalRing } from './terminal-ring.js';
import { TerminalViewer } from './terminal-viewer.js';

export interface TerminalFacts {
  readonly id: TerminalId;
  readonly containerId: ContainerId;
  readonly shell: Shell;
  readonly root: boolean;
  readonly openedBy: { readonly id: UserId; readonly name: string };
  readonly openedAt: string;
  readonly recorded: boolean;
}
export interface TerminalTimes {
  /** Without a word from either side. */
  readonly idleMs: number;
  /** Without anybody who looks on. */
  readonly keepMs: number;
  /** How long the program waits for a viewer who shows nothing. */
  readonly stallMs: number;
}
/** Hears what is said, and how large it is said. */
export interface TerminalWitness {
  output(bytes: Buffer): void;
  resized(size: TerminalSize): void;
}
export interface TerminalMaking {
  readonly terminal: EngineTerminal;
  readonly size: TerminalSize;
  readonly times: TerminalTimes;
  readonly nowMs: () => number;
  /** Asked when nothing more comes. */
  readonly howItEnded: () => Promise<TerminalExit>;
  readonly witness?: TerminalWitness;
}
interface Newcomer extends Pick<TerminalViewer, 'id' | 'name' | 'size' | 'send'> {
  readonly after: number | undefined;
}

const WARNED_MS = 60_000;
const MOST_UNTYPED_BYTES = 1024 * 1024;

/** One shell, and everybody who looks on: it outlives each of them, for a while. */
export class TerminalSession {
  readonly ended: Promise<TerminalExit>;
  private readonly ring = new TerminalRing(TERMINAL_REPLAY_BYTES);
  private readonly viewers = new Map<string, TerminalViewer>();
  private controlling: string | undefined;
  private exit: TerminalExit | undefined;
  private tellEnd: (exit: TerminalExit) => void = () => undefined;
  private idleTimer: NodeJS.Timeout | undefined;
  private warning: NodeJS.Timeout | undefined;
  /** Since it was said that it ends. */
  private idleEndsAt: string | undefined;
  private isRunningOut = false;
  private keepTimer: NodeJS.Timeout | undefined;
  private stallTimer: NodeJS.Timeout | undefined;

  private readonly terminal: EngineTerminal;
  private readonly times: TerminalTimes;
  private readonly witness: TerminalWitness | undefined;
  private size: TerminalSize;

  constructor(
    readonly facts: TerminalFacts,
    private readonly making: TerminalMaking,
  ) {
    const { terminal, times, witness, size } = making;
    this.terminal = terminal;
    this.times = times;
    this.witness = witness;
    this.size = size;
    this.ended = new Promise((resolve) => (this.tellEnd = resolve));
    terminal.stream.on('data', (chunk: Buffer) => this.hear(chunk));
    const over = () => void this.runOut().catch(() => this.finish({ reason: 'connection_lost', exitCode: null }));
    terminal.stream.once('close', over).once('end', over);
    this.noteLife();
    this.watchOverKeep();
  }

  get hasEnded(): boolean {
    return this.exit !== undefined;
  }

  describe(): Terminal {
    return { ...this.facts, viewers: this.viewers.size };
  }

  /** Who comes first types; who comes later looks on until they take it over. Returns what of the past they are shown. */
  join({ id, name, size, send, after }: Newcomer): { offset: number; end: number } {
    clearTimeout(this.keepTimer);
    const viewer = new TerminalViewer(id, name, size, send, this.ring, after);
    this.viewers.set(id, viewer);
    if (this.controlling === undefined) this.giveControl(viewer);
    return { offset: viewer.offset, end: this.ring.end };
  }

  /** Begins to tell them; after whoever joined knows that they did. */
  begin(id: string): void {
    this.viewers.get(id)?.pump();
    this.tellWhoIsThere();
    if (this.idleEndsAt !== undefined)
      this.viewers.get(id)?.send(noticeFrame({ type: 'idle', endsAt: this.idleEndsAt }));
  }

  leave(id: string): void {
    if (!this.viewers.delete(id)) return;
    if (this.controlling === id) {
      this.controlling = undefined;
      const [next] = this.viewers.values();
      if (next) this.giveControl(next);
    }
    this.flow();
    this.tellWhoIsThere();
    this.watchOverKeep();
  }

  takeControl(id: string): boolean {
    const viewer = this.viewers.get(id);
    if (!viewer || this.controlling === id) return false;
    this.giveControl(viewer);
    this.flow();
    this.tellWhoIsThere();
    return true;
  }

  /** False where they may not, or where the program reads far slower than is typed. */
  async type(id: string, bytes: Buffer): Promise<boolean> {
    const { stream } = this.terminal;
    if (this.controlling !== id || this.hasEnded || stream.destroyed) return false;
    if (stream.writableLength + bytes.length > MOST_UNTYPED_BYTES) return false;
    this.noteLife();
    return new Promise((resolve) => stream.write(bytes, (error) => resolve(!error)));
  }

  resize(id: string, size: TerminalSize): void {
    const viewer = this.viewers.get(id);
    if (!viewer) return;
    viewer.size = size;
    if (this.controlling === id) this.setSize(size);
  }

  acknowledge(id: string, bytes: number): void {
    const viewer = this.viewers.get(id);
    if (!viewer) return;
    viewer.acknowledge(bytes);
    viewer.pump();
    this.flow();
  }

  /** Once; whoever looks on is told, and the program is left to whoever holds the terminal. */
  finish(exit: TerminalExit): void {
    if (this.exit) return;
    this.exit = exit;
    for (const timer of [this.idleTimer, this.warning, this.keepTimer, this.stallTimer]) clearTimeout(timer);
    const frame = exitFrame(exit);
    for (const { send } of this.viewers.values()) send(frame);
    this.viewers.clear();
    this.terminal.stream.destroy();
    this.tellEnd(exit);
  }

  /** The program ended, its container did, or the connection to the engine. */
  private async runOut(): Promise<void> {
    if (this.exit || this.isRunningOut) return;
    this.isRunningOut = true;
    this.finish(await this.making.howItEnded());
  }

  private hear(chunk: Buffer): void {
    this.ring.push(chunk);
    this.witness?.output(chunk);
    this.noteLife();
    for (const viewer of this.viewers.values()) viewer.pump();
    this.flow();
  }

  /** The program waits for who controls it, and for nobody else. */
  private flow(): void {
    const { stream } = this.terminal;
    const viewer = this.controlling === undefined ? undefined : this.viewers.get(this.controlling);
    const waits = viewer !== undefined && !viewer.isStalled;
    const behind = waits ? viewer.behind : 0;
    if (behind >= TERMINAL_HIGH_BYTES && !stream.isPaused()) {
      stream.pause();
      this.stallTimer = setTimeout(() => this.giveUpOn(viewer), this.times.stallMs).unref();
    } else if (behind <= TERMINAL_LOW_BYTES && stream.isPaused()) {
      clearTimeout(this.stallTimer);
      stream.resume();
    } else if (stream.isPaused()) this.stallTimer?.refresh();
  }

  private giveUpOn(viewer: TerminalViewer | undefined): void {
    if (viewer) viewer.isStalled = true;
    this.flow();
  }

  private giveControl(viewer: TerminalViewer): void {
    this.controlling = viewer.id;
    this.setSize(viewer.size);
  }

  private setSize(size: TerminalSize): void {
    if (size.columns === this.size.columns && size.rows === this.size.rows) return;
    this.size = size;
    this.witness?.resized(size);
    // A program that ended meanwhile has no size.
    this.terminal.resize(size.columns, size.rows).catch(() => undefined);
    this.tellWhoIsThere();
  }

  private noteLife(): void {
    if (this.exit) return;
    const { idleMs } = this.times;
    if (this.idleEndsAt !== undefined) this.tell({ type: 'idle', endsAt: null });
    this.idleEndsAt = undefined;
    if (this.idleTimer && this.warning) {
      this.idleTimer.refresh();
      this.warning.refresh();
      return;
    }
    this.idleTimer = setTimeout(() => this.finish({ reason: 'idle', exitCode: null }), idleMs).unref();
    this.warning = setTimeout(() => this.warn(), Math.max(0, idleMs - WARNED_MS)).unref();
  }

  private warn(): void {
    this.idleEndsAt = new Date(this.making.nowMs() + Math.min(WARNED_MS, this.times.idleMs)).toISOString();
    this.tell({ type: 'idle', endsAt: this.idleEndsAt });
  }

  private watchOverKeep(): void {
    if (this.viewers.size > 0 || this.exit) return;
    clearTimeout(this.keepTimer);
    this.keepTimer = setTimeout(() => this.finish({ reason: 'idle', exitCode: null }), this.times.keepMs).unref();
  }

  private tellWhoIsThere(): void {
    const viewers = [...this.viewers.values()].map(({ id, name }) => ({ id, name, controls: id === this.controlling }));
    this.tell({ type: 'viewers', viewers, ...this.size });
  }

  private tell(notice: TerminalNotice): void {
    const frame = noticeFrame(notice);
    for (const { send } of this.viewers.values()) send(frame);
  }
}
