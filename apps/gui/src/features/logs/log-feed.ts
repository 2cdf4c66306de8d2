import { io, type Socket } from 'socket.io-client';
import type { ContainerId, FollowAnswer, FollowLogs, LogCredit, LogEnded, LogFrameRow } from '@bailiwick/contract';
import { retryDelayMs } from '../../lib/backoff.rules.ts';
import type { FeedState } from './log-messages.ts';
import type { NewRow } from './log-rows.ts';
import { toRow } from './together.rules.ts';

const STREAM = 'log';
const TAIL = 200;
const ANSWER_TIMEOUT_MS = 15_000;

interface FromCore {
  frame: (stream: string, bytes: ArrayBuffer) => void;
  ended: (ended: LogEnded) => void;
}
interface ToCore {
  follow: (follow: FollowLogs, answer: (answer: FollowAnswer) => void) => void;
  credit: (credit: LogCredit) => void;
}

interface Followed {
  readonly source: number;
  readonly stream: string;
  readonly containerId: ContainerId;
  wasLive: boolean;
  over: boolean;
  attempt: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export interface FeedOptions {
  /** By which of the logs of the viewer each is. */
  followed: ReadonlyArray<{ source: number; containerId: ContainerId }>;
  /** The line after which a log goes on; null for one that was never read. */
  newestCursor: (source: number) => string | null;
  onRows: (rows: NewRow[], source: number) => void;
  onState: (state: FeedState, source: number) => void;
}

/** Follows logs over one socket: takes frames, acknowledges what was taken, comes back after the last line of each. */
export class LogFeed {
  private readonly socket: Socket<FromCore, ToCore>;
  private readonly decoder = new TextDecoder();
  private readonly all: Followed[];
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: FeedOptions) {
    this.all = options.followed.map(({ source, containerId }) => ({
      source,
      stream: source === 0 ? STREAM : `${STREAM}-${source}`,
      containerId,
      wasLive: false,
      over: false,
      attempt: 0,
      timer: undefined,
    }));
    this.socket = io('/logs', {
      path: '/socket.io',
      transports: ['websocket'],
      reconnection: false,
      autoConnect: false,
    });
    this.socket.on('connect', () => this.followAll());
    this.socket.on('disconnect', (reason) => {
      if (reason !== 'io client disconnect') this.lost();
    });
    this.socket.on('connect_error', () => this.lost());
    this.socket.on('frame', (stream, bytes) => this.take(stream, bytes));
    this.socket.on('ended', ({ stream, reason }) => {
      const each = this.find(stream);
      if (each && reason === 'failed')
        this.options.onState({ state: 'reconnecting', retryAt: this.again(each) }, each.source);
      else if (each && reason !== 'failed') this.end(each, reason);
    });
  }

  open(): void {
    for (const { source } of this.all) this.options.onState({ state: 'connecting' }, source);
    this.socket.connect();
  }

  retryNow(): void {
    if (this.going.length === 0) return;
    clearTimeout(this.timer);
    this.attempt = 0;
    for (const each of this.going) each.attempt = 0;
    if (this.socket.connected) this.followAll();
    else this.socket.connect();
  }

  private get going(): Followed[] {
    return this.all.filter(({ over }) => !over);
  }

  private find(stream: string): Followed | undefined {
    return this.going.find((each) => each.stream === stream);
  }

  private followAll(): void {
    this.attempt = 0;
    for (const each of this.going) this.follow(each);
  }

  private follow(each: Followed): void {
    clearTimeout(each.timer);
    const after = this.options.newestCursor(each.source);
    const { stream, containerId } = each;
    const request = { stream, containerId, ...(after === null ? {} : { after }), tail: TAIL };
    this.socket.timeout(ANSWER_TIMEOUT_MS).emit('follow', request, (timeout, answer) => {
      if (timeout) return void this.socket.disconnect().connect();
      return this.answered(each, answer);
    });
  }

  private answered(each: Followed, answer: FollowAnswer): void {
    if (answer.ok) {
      each.attempt = 0;
      if (each.wasLive) this.note(each, 'reconnected');
      each.wasLive = true;
      return this.options.onState({ state: 'live' }, each.source);
    }
    const { error } = answer;
    if (error.code === 'unauthenticated') return this.end(each, 'signed_out');
    if (error.code === 'not_found') return this.end(each, 'not_found');
    if (error.code === 'forbidden') return this.end(each, 'rights_changed');
    // The engine or the core may come back; until then the lines that are here stay.
    return this.options.onState({ state: 'refused', error, retryAt: this.again(each) }, each.source);
  }

  private take(stream: string, bytes: ArrayBuffer): void {
    const each = this.find(stream);
    if (!each) return;
    const rows = this.decoder.decode(bytes).split('\n');
    this.options.onRows(rows.flatMap((text) => toRows(text, each.source)), each.source); // prettier-ignore
    this.socket.emit('credit', { stream, bytes: bytes.byteLength });
  }

  private lost(): void {
    if (this.going.length === 0) return;
    clearTimeout(this.timer);
    const delay = retryDelayMs(this.attempt, 0);
    this.attempt += 1;
    this.timer = setTimeout(() => this.socket.connect(), delay);
    for (const each of this.going) {
      clearTimeout(each.timer);
      this.options.onState({ state: 'reconnecting', retryAt: Date.now() + delay }, each.source);
    }
  }

  private again(each: Followed): number {
    clearTimeout(each.timer);
    const delay = retryDelayMs(each.attempt, 0);
    each.attempt += 1;
    each.timer = setTimeout(() => {
      if (this.socket.connected) this.follow(each);
      else this.socket.connect();
    }, delay);
    return Date.now() + delay;
  }

  private end(each: Followed, reason: Exclude<LogEnded['reason'], 'failed'>): void {
    // Whoever signs in again goes on where this stopped.
    each.over = reason !== 'signed_out';
    clearTimeout(each.timer);
    // Beside other logs its end is one of the things that happened.
    if (reason === 'removed' || (this.all.length > 1 && reason !== 'signed_out')) this.note(each, reason);
    this.options.onState({ state: 'ended', reason }, each.source);
    if (this.going.length === 0 || reason === 'signed_out') this.stop();
  }

  private stop(): void {
    clearTimeout(this.timer);
    for (const { timer } of this.all) clearTimeout(timer);
    this.socket.disconnect();
  }

  private note({ source }: Followed, event: 'reconnected' | 'removed' | 'rights_changed' | 'not_found'): void {
    const of = source === 0 ? {} : { source };
    this.options.onRows([{ kind: 'event', event, at: new Date().toISOString(), exitCode: null, ...of }], source);
  }
}

function toRows(text: string, source: number): NewRow[] {
  if (text === '') return [];
  // The core checks what it sends against the contract; a second validator would not keep up with 5,000 lines a second.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- JSON.parse cannot know the frame's type
  const row: LogFrameRow = JSON.parse(text);
  return [toRow(row, source)];
}
