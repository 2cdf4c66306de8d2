import { describe, expect, it } from '@jest/globals';
import { namesOfConfidences } from '../configurations/confidences.rules.js';
import { LineRedactor } from './line-redactor.rules.js';

const redactor = (env: Record<string, string>) => new LineRedactor(namesOfConfidences(env));

describe('a line without what was told in confidence', () => {
  it('names the variable instead of its value, wherever and however often it stands', () => {
    const { redact } = bound(redactor({ DB_PASSWORD: 'hunter2hunter', TOKEN: 'abcdef123' }));
    expect(redact('hunter2hunter abcdef123 x hunter2hunter')).toBe('•••(DB_PASSWORD) •••(TOKEN) x •••(DB_PASSWORD)');
    expect(redact('hunter2hunterabcdef123')).toBe('•••(DB_PASSWORD)•••(TOKEN)');
  });

  it('is the same text where nothing is in it', () => {
    const line = 'nothing of it here: hunter';
    expect(redactor({ DB_PASSWORD: 'hunter2hunter' }).redact(line)).toBe(line);
    expect(redactor({}).redact(line)).toBe(line);
  });

  it('leaves nothing of one that overlaps another, and none of the longer where one begins with the other', () => {
    const { redact } = bound(redactor({ A_KEY: 'abcdefgh', B_KEY: 'fghijklm', C_KEY: 'abcdefghXYZ' }));
    expect(redact('<abcdefghijklm>')).toBe('<•••(A_KEY)>');
    expect(redact('<abcdefghXYZ>')).toBe('<•••(C_KEY)>');
  });

  it('knows it as JSON and as an address writes it, and each line of one that has several', () => {
    const { redact } = bound(redactor({ A_SECRET: 'pa"ss w@rd', PEM_KEY: 'line number one\nline number two' }));
    expect(redact('{"at":"pa\\"ss w@rd"}')).toBe('{"at":"•••(A_SECRET)"}');
    expect(redact('db://u:pa%22ss%20w%40rd@host')).toBe('db://u:•••(A_SECRET)@host');
    expect(redact('> line number two')).toBe('> •••(PEM_KEY)');
    expect(redact('"line number one\\nline number two"')).toBe('"•••(PEM_KEY)"');
  });

  it('is as good where there are very many, and does not take longer for it', () => {
    const env = Object.fromEntries(
      Array.from({ length: 3000 }, (_, n) => [`KEY_${n}`, `value-number-${n}-${'x'.repeat(1000)}`]),
    );
    const { redact } = bound(redactor(env));
    expect(redact(`a ${env['KEY_2999'] ?? ''} b`)).toBe('a •••(KEY_2999) b');
    const line = 'an ordinary line of a hundred letters or so, as programs write them by the thousand in a second';
    const startedAt = performance.now();
    for (let n = 0; n < 2000; n += 1) redact(line);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it('takes out one longer than is looked for at once', () => {
    const value = 'ab'.repeat(1500);
    expect(redactor({ LONG_TOKEN: value }).redact(`<${value}>`)).toBe('<•••(LONG_TOKEN)>');
  });
});

const bound = (it: LineRedactor) => ({ redact: (text: string) => it.redact(text) });
