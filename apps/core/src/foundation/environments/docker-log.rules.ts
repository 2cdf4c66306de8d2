import { StringDecoder } from 'node:string_decoder';
import type { EngineLogLine } from './engine.js';

const HEADER_BYTES = 8;
const STAMP_LENGTH = 30;
const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{9})Z /;
const LONGEST_LINE = 256 * 1024;
const NS_PER_MS = 1_000_000n;

/** The engine's own complaint inside a log stream. */
export class LogStreamError extends Error {}

export interface LogDecoder {
  /** The lines these bytes complete. */
  push(chunk: Buffer): EngineLogLine[];
  /** What is left when the stream ended. */
  end(): EngineLogLine[];
}

/** For containers without a terminal: frames of stream, length and one line each, cut anywhere. */
export class FramedLogDecoder implements LogDecoder {
  private rest: Buffer = Buffer.alloc(0);
  private readonly text = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  private readonly stamps = new StampReader();

  push(chunk: Buffer): EngineLogLine[] {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const lines: EngineLogLine[] = [];
    let at = 0;
    while (bytes.length - at >= HEADER_BYTES) {
      const end = at + HEADER_BYTES + bytes.readUInt32BE(at + 4);
      if (bytes.length < end) break;
      lines.push(this.toLine(bytes.readUInt8(at), bytes.subarray(at + HEADER_BYTES, end)));
      at = end;
    }
    this.rest = bytes.subarray(at);
    return lines;
  }

  end(): EngineLogLine[] {
    return [];
  }

  private toLine(kind: number, payload: Buffer): EngineLogLine {
    if (kind !== 1 && kind !== 2) throw new LogStreamError(payload.toString('utf8'));
    const stream = kind === 1 ? 'stdout' : 'stderr';
    const { atNs, length } = this.stamps.read(payload.toString('latin1', 0, STAMP_LENGTH + 1));
    const partial = payload[payload.length - 1] !== 0x0a;
    const body = payload.subarray(length, partial ? payload.length : -1);
    // A part may end inside a character: the decoder keeps its bytes for the next part.
    const text = partial ? this.text[stream].write(body) : this.text[stream].write(body) + this.text[stream].end();
    return { atNs, stream, text, partial };
  }
}

/** For containers with a terminal: plain text, one stream, lines as the terminal ends them. */
export class TerminalLogDecoder implements LogDecoder {
  private rest = '';
  private readonly text = new StringDecoder('utf8');
  private readonly stamps = new StampReader();

  push(chunk: Buffer): EngineLogLine[] {
    const parts = (this.rest + this.text.write(chunk)).split('\n');
    this.rest = parts.pop() ?? '';
    const lines = parts.map((part) => this.toLine(part.replace(/\r$/, ''), false));
    if (this.rest.length > LONGEST_LINE) {
      lines.push(this.toLine(this.rest, true));
      this.rest = '';
    }
    return lines;
  }

  end(): EngineLogLine[] {
    const rest = this.rest + this.text.end();
    this.rest = '';
    return rest === '' ? [] : [this.toLine(rest, true)];
  }

  private toLine(line: string, partial: boolean): EngineLogLine {
    const { atNs, length } = this.stamps.read(line);
    return { atNs, stream: 'stdout', text: line.slice(length), partial };
  }
}

/** Most lines share their second with the one before. */
class StampReader {
  private second = '';
  private secondNs = 0n;
  private lastNs = 0n;

  /** Without a stamp of its own (the rest of a cut line) a line has the time of the one before. */
  read(text: string): { atNs: bigint; length: number } {
    const match = STAMP.exec(text);
    if (!match) return { atNs: this.lastNs, length: 0 };
    const [whole, second = '', nanoseconds = '0'] = match;
    if (second !== this.second) {
      this.second = second;
      this.secondNs = BigInt(Date.parse(`${second}Z`)) * NS_PER_MS;
    }
    this.lastNs = this.secondNs + BigInt(nanoseconds);
    return { atNs: this.lastNs, length: whole.length };
  }
}

export const toBuffer = (chunk: string | Buffer): Buffer => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
