import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Redactor } from './redactor.js';

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
});
