import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { complaintOf, RunOutput } from './run-output.rules.js';

function frame(stream: 1 | 2, text: string): Buffer {
  const payload = Buffer.from(text);
  const header = Buffer.alloc(8);
  header.writeUInt8(stream, 0);
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

describe('what a program says', () => {
  it('is the same however its frames are cut', () => {
    const said = fc.array(fc.tuple(fc.constantFrom(1 as const, 2 as const), fc.string({ unit: 'grapheme' })));
    fc.assert(
      fc.property(said, fc.integer({ min: 1, max: 20 }), (parts, size) => {
        const bytes = Buffer.concat(parts.map(([stream, text]) => frame(stream, text)));
        const output = new RunOutput(100_000);
        for (let at = 0; at < bytes.length; at += size) output.push(bytes.subarray(at, at + size));
        const of = (wanted: 1 | 2) => parts.filter(([stream]) => stream === wanted).map(([, text]) => text).join(''); // prettier-ignore
        expect([output.stdout.toString(), output.stderr.toString()]).toEqual([of(1), of(2)]);
        expect(output.truncated).toBe(false);
      }),
    );
  });

  it('is kept up to a size, each stream for itself, and a flood is known as one', () => {
    const output = new RunOutput(4);
    output.push(frame(1, 'abcd'));
    expect(output.truncated).toBe(false);
    output.push(frame(1, 'e'));
    output.push(frame(2, 'err'));
    expect([output.stdout.toString(), output.stderr.toString(), output.truncated]).toEqual(['abcd', 'err', true]);
    expect(output.isFlood).toBe(false);
    for (let count = 0; count < 10; count++) output.push(frame(1, 'x'));
    expect(output.isFlood).toBe(true);
  });

  it('is told apart from the complaint of an engine that did not start it', () => {
    const output = new RunOutput(1000);
    output.push(frame(1, 'OCI runtime exec failed: exec failed: unable to start container process: exec: "x": executable file not found in $PATH: unknown\r\n')); // prettier-ignore
    expect(complaintOf(126, output)).toMatchObject({
      missing: 'program',
      text: expect.stringContaining('executable file not found'),
    });
    const lost = new RunOutput(1000);
    lost.push(frame(1, 'OCI runtime exec failed: exec failed: unable to start container process: chdir to cwd ("/nope") set in config.json failed: no such file or directory: unknown\r\n')); // prettier-ignore
    expect(complaintOf(126, lost)).toMatchObject({ missing: 'folder' });
    expect(complaintOf(0, output)).toBeUndefined();
    const other = new RunOutput(1000);
    other.push(frame(2, 'sh: x: not found'));
    expect(complaintOf(127, other)).toBeUndefined();
  });
});
