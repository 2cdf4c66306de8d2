import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FramedLogDecoder, LogStreamError, TerminalLogDecoder } from './docker-log.rules.js';
import type { EngineLogLine } from './engine.js';

const STAMP = '2026-01-02T03:04:05.123456789Z';
const STAMP_NS = BigInt(Date.parse('2026-01-02T03:04:05Z')) * 1_000_000n + 123_456_789n;

function frame(kind: number, payload: Buffer | string): Buffer {
  const body = Buffer.from(payload);
  const header = Buffer.alloc(8);
  header.writeUInt8(kind, 0);
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

describe('framed logs', () => {
  it('are the same lines wherever the bytes were cut', () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replaceAll('\n', ' ')), { maxLength: 8 }); // prettier-ignore
    fc.assert(
      fc.property(texts, fc.array(fc.nat({ max: 400 })), (lines, cuts) => {
        const bytes = Buffer.concat(lines.map((text, at) => frame(1 + (at % 2), `${STAMP} ${text}\n`)));
        const decoder = new FramedLogDecoder();
        const read = pieces(bytes, cuts).flatMap((piece) => decoder.push(piece));
        expect(read.map(({ text }) => text)).toEqual(lines.map((text) => Buffer.from(text).toString()));
        expect(read.every(({ atNs, partial }) => atNs === STAMP_NS && !partial)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('join a character that was cut between two parts of a line', () => {
    const bytes = Buffer.from('né');
    const decoder = new FramedLogDecoder();
    const parts = [
      ...decoder.push(frame(1, Buffer.concat([Buffer.from(`${STAMP} `), bytes.subarray(0, 2)]))),
      ...decoder.push(frame(1, Buffer.concat([Buffer.from(`${STAMP} `), bytes.subarray(2), Buffer.from('\n')]))),
    ];
    expect(parts.map(({ text, partial }) => ({ text, partial }))).toEqual([
      { text: 'n', partial: true },
      { text: 'é', partial: false },
    ]);
  });

  it('tell stdout from stderr', () => {
    const decoder = new FramedLogDecoder();
    const read = decoder.push(Buffer.concat([frame(1, `${STAMP} out\n`), frame(2, `${STAMP} err\n`)]));
    expect(read.map(({ stream, text }) => [stream, text])).toEqual([
      ['stdout', 'out'],
      ['stderr', 'err'],
    ]);
  });

  it("raise the engine's own complaint instead of showing it as a line", () => {
    expect(() => new FramedLogDecoder().push(frame(3, 'error grabbing logs'))).toThrow(LogStreamError);
  });
});

describe('logs of a terminal', () => {
  const readAll = (text: string, cuts: number[]): EngineLogLine[] => {
    const decoder = new TerminalLogDecoder();
    return [...pieces(Buffer.from(text), cuts).flatMap((piece) => decoder.push(piece)), ...decoder.end()];
  };

  it('are the same lines wherever the bytes were cut', () => {
    const text = `${STAMP} one\r\n${STAMP} zwei ö\r\n${STAMP} \r\n`;
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 120 })), (cuts) => {
        expect(readAll(text, cuts).map((line) => line.text)).toEqual(['one', 'zwei ö', '']);
      }),
    );
  });

  it('keep an unfinished last line as a part', () => {
    expect(readAll(`${STAMP} prompt> `, [])).toEqual([
      { atNs: STAMP_NS, stream: 'stdout', text: 'prompt> ', partial: true },
    ]);
  });
});

function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort((a, b) => a - b);
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}
