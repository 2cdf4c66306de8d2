import { closeSync, constants, ftruncateSync, openSync, writeSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { TerminalSize } from '@bailiwick/contract';
import { Redactor } from '../../kernel/redactor.js';
import { castEvent, castHeader, castSize } from './asciicast.rules.js';
import type { TerminalWitness } from './terminal-session.js';

const STOPS = '\r\n── This recording stops here: it is as long as one may be ──\r\n';
/** What the line that says so takes. */
const RESERVE_BYTES = 1024;

export interface Beginning {
  readonly size: TerminalSize;
  readonly startedAtMs: number;
  readonly title: string;
  readonly confidences: readonly string[];
  readonly mostBytes: number;
  readonly nowMs: () => number;
  /** Nothing more can be written. */
  readonly onFailed: (error: unknown) => void;
}

/** One terminal as it is written down, event by event: what was written is there, however the core ends. */
export class RecordingFile implements TerminalWitness {
  bytes = 0;
  isCut = false;
  private readonly decoder = new StringDecoder('utf8');
  private readonly redactor: Redactor;
  private file: number | undefined;

  /** The place must be free. */
  constructor(
    place: string,
    private readonly beginning: Beginning,
  ) {
    const { size, startedAtMs, title, confidences } = beginning;
    this.redactor = new Redactor(confidences);
    this.file = openSync(
      place,
      constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
      0o600,
    );
    try {
      this.append(this.file, castHeader(size, startedAtMs, title));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  output(bytes: Buffer): void {
    this.say(this.redactor.push(this.decoder.write(bytes)));
  }

  resized(size: TerminalSize): void {
    if (this.file !== undefined) this.write(this.event('r', castSize(size)));
  }

  end(): void {
    this.say(this.redactor.push(this.decoder.end()) + this.redactor.end());
    this.close();
  }

  private say(text: string): void {
    if (text === '' || this.file === undefined) return;
    const event = this.event('o', text);
    const isFull = this.bytes + Buffer.byteLength(event) > this.beginning.mostBytes - RESERVE_BYTES;
    this.write(isFull ? this.event('o', STOPS) : event);
    if (!isFull) return;
    this.isCut = true;
    this.close();
  }

  private event(kind: 'o' | 'r', data: string): string {
    return castEvent(this.beginning.nowMs() - this.beginning.startedAtMs, kind, data);
  }

  private write(text: string): void {
    if (this.file === undefined) return;
    try {
      this.append(this.file, text);
    } catch (error) {
      this.isCut = true;
      this.close();
      this.beginning.onFailed(error);
    }
  }

  /** Whole or not at all: a full disk leaves no half of a line. */
  private append(file: number, text: string): void {
    const line = Buffer.from(text);
    if (writeSync(file, line) < line.length) {
      ftruncateSync(file, this.bytes);
      throw new Error('The disk took only a part of it.');
    }
    this.bytes += line.length;
  }

  private close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }
}
