import {
  type AttachTerminal,
  type OpenTerminal,
  TERMINAL_FRAME,
  type TerminalAnswer,
  TerminalExit,
  TerminalNotice,
} from '@bailiwick/contract';
import { io, type Socket } from 'socket.io-client';
import type { TestApp } from './app.js';
import { type Door, doorHeaders } from './door.js';
import { until } from './until.js';

type Opened = TerminalAnswer & { ok: true };

/** A panel that shows a terminal: keeps what is said, and acknowledges it unless told to stall. */
export class TerminalClient {
  readonly exits: TerminalExit[] = [];
  readonly notices: TerminalNotice[] = [];
  stalls = false;
  /** How many bytes were said to this client. */
  received = 0;
  private readonly parts: Buffer[] = [];

  private constructor(readonly socket: Socket) {
    socket.on('frame', (frame: Buffer) => this.read(frame));
  }

  static async connect({ url }: Pick<TestApp, 'url'>, door: Door, origin = url): Promise<TerminalClient> {
    const socket = io(`${url}/terminal`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: doorHeaders(door, origin),
    });
    const client = new TerminalClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return client;
  }

  ask(request: Partial<OpenTerminal>): Promise<TerminalAnswer> {
    return this.socket.timeout(10_000).emitWithAck('open', { columns: 80, rows: 24, ...request });
  }

  async open(request: Partial<OpenTerminal>): Promise<Opened> {
    return opened(await this.ask(request));
  }

  askToAttach(request: Partial<AttachTerminal>): Promise<TerminalAnswer> {
    return this.socket.timeout(10_000).emitWithAck('attach', { columns: 80, rows: 24, ...request });
  }

  async attach(request: Partial<AttachTerminal>): Promise<Opened> {
    return opened(await this.askToAttach(request));
  }

  /** Whether the program took it. */
  async type(text: string): Promise<boolean> {
    const frame = Buffer.concat([Buffer.of(TERMINAL_FRAME.data), Buffer.from(text)]);
    const answer: { ok: boolean } = await this.socket.timeout(10_000).emitWithAck('frame', frame);
    return answer.ok;
  }

  resize(columns: number, rows: number): void {
    const frame = Buffer.alloc(5);
    frame.writeUInt8(TERMINAL_FRAME.resize);
    frame.writeUInt16BE(columns, 1);
    frame.writeUInt16BE(rows, 3);
    this.socket.emit('frame', frame);
  }

  acknowledge(bytes: number): void {
    const frame = Buffer.alloc(5);
    frame.writeUInt8(TERMINAL_FRAME.ack);
    frame.writeUInt32BE(bytes, 1);
    this.socket.emit('frame', frame);
  }

  takeControl(): void {
    this.socket.emit('control');
  }

  end(): void {
    this.socket.emit('end');
  }

  get bytes(): Buffer {
    return Buffer.concat(this.parts);
  }

  get text(): string {
    return this.bytes.toString('utf8');
  }

  says(text: string | RegExp): Promise<unknown> {
    return until(() => (typeof text === 'string' ? this.text.includes(text) : text.test(this.text)), {
      within: 10_000,
      what: `Reading ${String(text)}`,
    });
  }

  async exit(): Promise<TerminalExit> {
    await until(() => this.exits.length > 0, { within: 10_000, what: 'The end of the terminal' });
    const [exit] = this.exits;
    if (!exit) throw new Error('It did not end.');
    return exit;
  }

  close(): void {
    this.socket.close();
  }

  private read(frame: Buffer): void {
    const bytes = frame.subarray(1);
    if (frame[0] === TERMINAL_FRAME.exit) this.exits.push(TerminalExit.parse(JSON.parse(bytes.toString('utf8'))));
    else if (frame[0] === TERMINAL_FRAME.notice)
      this.notices.push(TerminalNotice.parse(JSON.parse(bytes.toString('utf8'))));
    else {
      this.parts.push(bytes);
      this.received += bytes.length;
      if (!this.stalls) this.acknowledge(bytes.length);
    }
  }
}

function opened(answer: TerminalAnswer): Opened {
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer;
}
