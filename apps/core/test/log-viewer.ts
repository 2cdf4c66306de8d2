import { type FollowAnswer, type FollowLogs, type LogEnded, LogFrameRow } from '@bailiwick/contract';
import { io, type Socket } from 'socket.io-client';
import type { TestApp } from './app.js';
import { type Door, doorHeaders } from './door.js';

type Request = Partial<FollowLogs> & Pick<FollowLogs, 'containerId'>;

/** A panel that follows logs: keeps every row, and acknowledges each frame unless told to stall. */
export class LogViewer {
  rows: LogFrameRow[] = [];
  /** The n of every `line n …`, in order. */
  readonly numbers: number[] = [];
  readonly frameBytes: number[] = [];
  readonly ended: LogEnded[] = [];
  stalls = false;
  /** The rows themselves are too many to keep in a flood. */
  keepsRows = true;
  missed = 0;
  cursor = '';

  private constructor(readonly socket: Socket) {
    socket.on('ended', (ended: LogEnded) => this.ended.push(ended));
    socket.on('frame', (stream: string, frame: Buffer) => this.read(stream, frame));
  }

  static async connect({ url }: TestApp, door: Door, origin = url): Promise<LogViewer> {
    const socket = io(`${url}/logs`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: doorHeaders(door, origin),
    });
    const viewer = new LogViewer(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return viewer;
  }

  ask(request: Request): Promise<FollowAnswer> {
    return this.socket.timeout(10_000).emitWithAck('follow', { stream: 'a', ...request });
  }

  /** Follows, and fails with the core's words when it may not. */
  async follow(request: Request): Promise<this> {
    const answer = await this.ask(request);
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    return this;
  }

  get events(): string[] {
    return this.rows.flatMap((row) => (row.type === 'event' ? row.event : []));
  }

  /** Has got as far as `line n`. */
  has(n: number): boolean {
    return this.numbers.at(-1) === n;
  }

  close(): void {
    this.socket.close();
  }

  private read(stream: string, frame: Buffer): void {
    this.frameBytes.push(frame.length);
    for (const text of frame.toString('utf8').split('\n')) this.note(text);
    if (!this.stalls) this.socket.emit('credit', { stream, bytes: frame.length });
  }

  private note(text: string): void {
    const [, cursor, n] = /^\{"type":"line","cursor":"([^"]+)".*"text":"line (\d+)/.exec(text) ?? [];
    if (cursor !== undefined) {
      this.cursor = cursor;
      this.numbers.push(Number(n));
    }
    if (cursor !== undefined && !this.keepsRows) return;
    const row = LogFrameRow.parse(JSON.parse(text));
    if (row.type === 'gap') this.missed += row.lines ?? NaN;
    if (this.keepsRows) this.rows.push(row);
  }
}
