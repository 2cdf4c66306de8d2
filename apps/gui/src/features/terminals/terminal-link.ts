import { io, type Socket } from 'socket.io-client';
import type {
  AttachTerminal,
  ContainerId,
  ErrorEnvelope,
  OpenTerminal,
  Terminal,
  TerminalAnswer,
  TerminalExit,
  TerminalId,
  TerminalNotice,
  TerminalSize,
} from '@bailiwick/contract';
import { retryDelayMs } from '../../lib/backoff.rules.ts';
import { ackFrame, dataFrames, readFrame, resizeFrame } from './terminal-frames.ts';

const ANSWER_TIMEOUT_MS = 20_000;

export type LinkState =
  | { state: 'connecting' }
  | { state: 'live' }
  | { state: 'reconnecting'; retryAt: number }
  | { state: 'refused'; error: ErrorEnvelope }
  | { state: 'ended'; exit: TerminalExit };

export type TerminalWish =
  | { kind: 'open'; root: boolean; shell?: OpenTerminal['shell']; directory?: string }
  | { kind: 'attach'; id: TerminalId };

interface ToCore {
  open: (wish: Partial<OpenTerminal>, answer: (answer: TerminalAnswer) => void) => void;
  attach: (wish: AttachTerminal, answer: (answer: TerminalAnswer) => void) => void;
  frame: (frame: Uint8Array, answer?: (answer: { ok: boolean }) => void) => void;
  control: () => void;
}

export interface LinkOptions {
  containerId: ContainerId;
  wish: TerminalWish;
  size: () => TerminalSize;
  /** `joins`: what follows goes on where the screen stands; else it is shown from its beginning. */
  onShown: (shown: { terminal: Terminal; viewer: string; joins: boolean; again: boolean }) => void;
  /** `isPast`: it was said before this screen was there. */
  onData: (bytes: Uint8Array, isPast: boolean, shown: () => void) => void;
  onNotice: (notice: TerminalNotice) => void;
  onState: (state: LinkState) => void;
}

/** One terminal over its own socket: opens it or looks on, comes back by itself and goes on after the last byte. */
export class TerminalLink {
  private readonly socket: Socket<{ frame: (frame: ArrayBuffer) => void }, ToCore>;
  private id: TerminalId | null;
  private received = 0;
  private pastEnd = 0;
  private wasShown = false;
  private over = false;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** What is typed goes out in order, each part once there is room for it. */
  private typing: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: LinkOptions) {
    this.id = options.wish.kind === 'attach' ? options.wish.id : null;
    this.socket = io('/terminal', {
      path: '/socket.io',
      transports: ['websocket'],
      reconnection: false,
      autoConnect: false,
      forceNew: true,
    });
    this.socket.on('connect', () => this.show());
    this.socket.on('disconnect', (reason) => {
      if (reason !== 'io client disconnect') this.lost();
    });
    this.socket.on('connect_error', () => this.lost());
    this.socket.on('frame', (frame) => this.take(frame));
  }

  open(): void {
    this.options.onState({ state: 'connecting' });
    // A page that is drawn twice at once opens one shell.
    this.timer = setTimeout(() => this.socket.connect(), 0);
  }

  /** The shell goes on: whoever comes back within minutes finds it. */
  close(): void {
    this.over = true;
    clearTimeout(this.timer);
    this.socket.disconnect();
  }

  type(text: string): void {
    const frames = dataFrames(text);
    if (frames.length === 1 && frames[0] && frames[0].length < 1024) {
      const [frame] = frames;
      this.typing = this.typing.then(() => void this.socket.emit('frame', frame));
      return;
    }
    for (const frame of frames)
      this.typing = this.typing.then(
        () =>
          this.socket
            .timeout(ANSWER_TIMEOUT_MS)
            .emitWithAck('frame', frame)
            .catch(() => undefined), // lost with its connection
      );
  }

  resize({ columns, rows }: TerminalSize): void {
    if (this.socket.connected) this.socket.emit('frame', resizeFrame(columns, rows));
  }

  takeControl(): void {
    this.socket.emit('control');
  }

  retryNow(): void {
    if (this.over || this.socket.connected) return;
    clearTimeout(this.timer);
    this.attempt = 0;
    this.socket.connect();
  }

  private show(): void {
    const { containerId, wish, size } = this.options;
    const answered = (timeout: Error | null, answer: TerminalAnswer) =>
      timeout ? void this.socket.disconnect().connect() : this.answered(answer);
    const socket = this.socket.timeout(ANSWER_TIMEOUT_MS);
    if (this.id !== null)
      socket.emit('attach', { id: this.id, ...size(), ...(this.wasShown ? { after: this.received } : {}) }, answered);
    else if (wish.kind === 'open') {
      const { kind, ...rest } = wish;
      socket.emit('open', { containerId, ...rest, ...size() }, answered);
    }
  }

  private answered(answer: TerminalAnswer): void {
    if (!answer.ok) {
      if (this.wasShown && answer.error.code === 'not_found')
        return this.finish({ reason: 'core_ended', exitCode: null });
      this.over = true;
      this.socket.disconnect();
      return this.options.onState({ state: 'refused', error: answer.error });
    }
    const { terminal, viewer, offset, end } = answer;
    const again = this.wasShown;
    const joins = again && offset === this.received;
    this.id = terminal.id;
    this.attempt = 0;
    this.received = offset;
    this.pastEnd = end;
    this.wasShown = true;
    this.options.onShown({ terminal, viewer, joins, again });
    this.options.onState({ state: 'live' });
  }

  private take(frame: ArrayBuffer): void {
    const read = readFrame(frame);
    if (read?.type === 'exit') return this.finish(read.exit);
    if (read?.type === 'notice') {
      if (read.notice.type === 'skipped') this.received += read.notice.bytes;
      return this.options.onNotice(read.notice);
    }
    if (!read) return;
    const { length } = read.bytes;
    this.received += length;
    this.options.onData(read.bytes, this.received <= this.pastEnd, () => {
      if (this.socket.connected) this.socket.emit('frame', ackFrame(length));
    });
  }

  private finish(exit: TerminalExit): void {
    this.over = true;
    clearTimeout(this.timer);
    this.options.onState({ state: 'ended', exit });
    this.socket.disconnect();
  }

  private lost(): void {
    if (this.over) return;
    clearTimeout(this.timer);
    const delay = retryDelayMs(this.attempt, 0);
    this.attempt += 1;
    this.timer = setTimeout(() => this.socket.connect(), delay);
    this.options.onState({ state: 'reconnecting', retryAt: Date.now() + delay });
  }
}
