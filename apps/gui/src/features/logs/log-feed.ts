import { io, type Socket } from 'socket.io-client';
import type { ContainerId, FollowAnswer, FollowLogs, LogCredit, LogEnded, LogFrameRow } from '@bailiwick/contract';
import { retryDelayMs } from '../../lib/backoff.rules.ts';
import type { FeedState } from './log-messages.ts';
import type { NewRow } from './log-rows.ts';

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

export interface FeedOptions {
  containerId: ContainerId;
  /** The line after which the log goes on; null for one that was never read. */
  newestCursor: () => string | null;
  onRows: (rows: NewRow[]) => void;
  onState: (state: FeedState) => void;
}

/** Follows one log over its own socket: takes frames, acknowledges what was taken, comes back after the last line. */
export class LogFeed {
  private readonly socket: Socket<FromCore, ToCore>;
  private readonly decoder = new TextDecoder();
  private attempt = 0;
  private wasLive = false;
  private over = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: FeedOptions) {
    this.socket = io('/logs', {
      path: '/socket.io',
      transports: ['websocket'],
      reconnection: false,
      autoConnect: false,
    });
    this.socket.on('connect', () => this.follow());
    this.socket.on('disconnect', (reason) => {
      if (reason !== 'io client disconnect') this.lost();
    });
    this.socket.on('connect_error', () => this.lost());
    this.socket.on('frame', (stream, bytes) => this.take(stream, bytes));
    this.socket.on('ended', ({ reason }) => (reason === 'failed' ? this.lost() : this.end(reason)));
  }

  open(): void {
    this.options.onState({ state: 'connecting' });
    this.socket.connect();
  }

  retryNow(): void {
    if (this.over) return;
    clearTimeout(this.timer);
    this.attempt = 0;
    if (this.socket.connected) this.follow();
    else this.socket.connect();
  }

  private follow(): void {
    const after = this.options.newestCursor();
    const request = {
      stream: STREAM,
      containerId: this.options.containerId,
      ...(after === null ? {} : { after }),
      tail: TAIL,
    };
    this.socket.timeout(ANSWER_TIMEOUT_MS).emit('follow', request, (timeout, answer) => {
      if (timeout) return void this.socket.disconnect().connect();
      return this.answered(answer);
    });
  }

  private answered(answer: FollowAnswer): void {
    if (answer.ok) {
      this.attempt = 0;
      if (this.wasLive) this.note('reconnected');
      this.wasLive = true;
      return this.options.onState({ state: 'live' });
    }
    const { error } = answer;
    if (error.code === 'unauthenticated') return this.end('signed_out');
    if (error.code === 'not_found') return this.end('not_found');
    if (error.code === 'forbidden') return this.end('rights_changed');
    // The engine or the core may come back; until then the lines that are here stay.
    return this.options.onState({ state: 'refused', error, retryAt: this.retryLater() });
  }

  private take(stream: string, bytes: ArrayBuffer): void {
    if (stream !== STREAM) return;
    this.options.onRows(this.decoder.decode(bytes).split('\n').flatMap(toRows));
    this.socket.emit('credit', { stream, bytes: bytes.byteLength });
  }

  private lost(): void {
    if (!this.over) this.options.onState({ state: 'reconnecting', retryAt: this.retryLater() });
  }

  private retryLater(): number {
    clearTimeout(this.timer);
    const delay = retryDelayMs(this.attempt, 0);
    this.attempt += 1;
    this.timer = setTimeout(() => {
      if (this.socket.connected) this.follow();
      else this.socket.connect();
    }, delay);
    return Date.now() + delay;
  }

  private end(reason: Exclude<LogEnded['reason'], 'failed'>): void {
    // Whoever signs in again goes on where this stopped.
    this.over = reason !== 'signed_out';
    clearTimeout(this.timer);
    if (reason === 'removed') this.note('removed');
    this.options.onState({ state: 'ended', reason });
    this.socket.disconnect();
  }

  private note(event: 'reconnected' | 'removed'): void {
    this.options.onRows([{ kind: 'event', event, at: new Date().toISOString(), exitCode: null }]);
  }
}

function toRows(text: string): NewRow[] {
  if (text === '') return [];
  // The core checks what it sends against the contract; a second validator would not keep up with 5,000 lines a second.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- JSON.parse cannot know the frame's type
  const row: LogFrameRow = JSON.parse(text);
  switch (row.type) {
    case 'line':
      return [{ kind: 'line', cursor: row.cursor, at: row.at, stream: row.stream, text: row.text }];
    case 'gap':
      return [{ kind: 'gap', lines: row.lines, reason: row.reason }];
    case 'event':
      return [{ kind: 'event', event: row.event, at: row.at, exitCode: row.exitCode }];
  }
}
