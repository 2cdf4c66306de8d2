import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Redactor } from './redactor.js';

/** The same, by looking for each of them everywhere. */
class PlainRedactor {
  private held = '';
  private marked = 0;

  constructor(private readonly confidences: readonly string[]) {}

  push(text: string, isLast = false): string {
    const all = this.held + text;
    const isPart = (tail: string) =>
      this.confidences.some((each) => each.length > tail.length && each.startsWith(tail));
    const tails = isLast ? [] : Array.from({ length: all.length }, (_, at) => at).filter((at) => isPart(all.slice(at)));
    const until = tails[0] ?? all.length;
    let out = '';
    let at = this.marked;
    for (let from = 0; from < until; from += 1) {
      const ends = this.confidences.filter((each) => all.startsWith(each, from)).map(({ length }) => from + length);
      if (ends.length === 0) continue;
      if (from >= at) out += `${all.slice(at, from)}•••`;
      at = Math.max(at, ...ends);
    }
    if (at < until) out += all.slice(at, until);
    this.held = all.slice(until);
    this.marked = Math.max(0, at - until);
    return out;
  }
}

function redacted(confidences: readonly string[], parts: readonly string[]): string {
  const redactor = new Redactor(confidences);
  return parts.map((part) => redactor.push(part)).join('') + redactor.end();
}

describe('what is kept in confidence', () => {
  it('is taken out, wherever it is cut', () => {
    const text = 'user=ada\r\npass=hunter22\r\n$ ';
    for (let at = 0; at <= text.length; at += 1)
      expect(redacted(['hunter22'], [text.slice(0, at), text.slice(at)])).toBe('user=ada\r\npass=•••\r\n$ ');
    expect(redacted(['hunter22'], [...text])).toBe('user=ada\r\npass=•••\r\n$ ');
  });

  it('is given back where it was something else', () => {
    expect(redacted(['hunter22'], ['hunter', '2', '1'])).toBe('hunter21');
    expect(redacted(['hunter22'], ['hunter2'])).toBe('hunter2');
    expect(redacted([], ['a', 'b'])).toBe('ab');
  });

  it('is taken out as a whole where two of them share letters', () => {
    expect(redacted(['abcdef', 'defghi'], ['xabcdefghix'])).toBe('x•••x');
    expect(redacted(['aaaaaa'], ['aaa', 'aaaaa', 'aab'])).toBe('•••b');
  });

  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 6 });
  const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 8 }), { maxLength: 12 });

  it('is gone from every text in whatever parts it comes, and nothing else is', () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 4 }), texts, (confidences, parts) => {
        const text = parts.join('');
        const isHidden = [...text].map((_, at) =>
          confidences.some((each) =>
            [...each].some((__, before) => at >= before && text.startsWith(each, at - before)),
          ),
        );
        const out = redacted(confidences, parts);
        expect(out).toBe(redacted(confidences, [text]));
        expect(out.replaceAll('•••', '')).toBe([...text].filter((_, at) => !isHidden[at]).join(''));
      }),
      { numRuns: 3000 },
    );
  });

  it('makes nothing wait that cannot be the beginning of one', () => {
    const redactor = new Redactor(['hunter22']);
    expect(redactor.push('all of it $ ')).toBe('all of it $ ');
    expect(redactor.push('a hunt')).toBe('a ');
  });

  const long = fc.string({
    unit: fc.constantFrom('a', 'a', 'a', 'b', '\ud83d', '\ude00'),
    minLength: 1,
    maxLength: 14,
  });
  const wide = fc.string({ unit: fc.constantFrom('a', 'a', 'a', 'b', '\ud83d', '\ude00'), maxLength: 20 });

  it.each([1, 6])('is taken out piece by piece as if each were looked for alone: from %i letters on', (shortest) => {
    const some = fc.array(
      long.map((text) => text.padStart(shortest, 'a')),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(some, fc.array(wide, { maxLength: 10 }), (confidences, parts) => {
        const [one, other] = [new Redactor(confidences), new PlainRedactor(confidences)];
        for (const part of parts) expect(one.push(part)).toBe(other.push(part));
        expect(one.end()).toBe(other.push('', true));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['alike', (number: number) => `export VALUE_${number}=`.padEnd(1024, 'x')],
    ['short', (number: number) => String(1_000_000 + number)],
  ])('is as quickly gone where it is a great deal: %s', (_, confidence) => {
    const confidences = Array.from({ length: 40_000 }, (__, number) => confidence(number));
    const redactor = new Redactor(confidences);
    const piece = 'export VALUE_ and 99999 and more of it '.repeat(1600);
    const startedAt = performance.now();
    for (let count = 0; count < 16; count += 1)
      expect(redactor.push(`${piece}${confidences[count]}\n`)).toBe(`${piece}•••\n`);
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });
});
