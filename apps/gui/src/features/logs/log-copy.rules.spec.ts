import { describe, expect, it } from '@jest/globals';
import { toCopied } from './log-copy.rules.ts';

describe('copied lines', () => {
  it('are the lines', () => expect(toCopied('one\ntwo', false)).toBe('one\ntwo'));

  it('are a block of code in Markdown', () => expect(toCopied('one\ntwo', true)).toBe('```text\none\ntwo\n```\n'));

  it('end their fence nowhere but at its end', () => {
    expect(toCopied('say ```` now', true)).toBe('`````text\nsay ```` now\n`````\n');
  });
});
