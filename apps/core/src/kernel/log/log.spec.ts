import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { CoreLog } from './log.js';

describe('the log', () => {
  const written = (write: (log: CoreLog) => void): string => {
    const lines: string[] = [];
    write(new CoreLog('trace', (line) => lines.push(line)));
    return lines.join('');
  };

  it('keeps out what a failed query was asked with', () => {
    const failure = new QueryFailedError(
      'INSERT INTO "sessions" VALUES (?)',
      ['a-token-hash'],
      Object.assign(new Error('Key (username)=(ada) already exists'), { code: '23505' }),
    );
    const text = written((log) => log.for('http').error({ err: failure }, 'A request failed unexpectedly'));
    expect(text).toContain('INSERT INTO');
    expect(text).not.toContain('a-token-hash');
  });

  it.each(['password', 'token', 'secret', 'cookie', 'authorization', 'csrf', 'x-csrf'])('keeps %s out', (name) => {
    const text = written((log) =>
      log.root.info({ [name]: 'canary', request: { headers: { [name]: 'canary' } } }, 'Seen'),
    );
    expect(text).not.toContain('canary');
  });

  it('writes one line for a name that holds line breaks and escapes', () => {
    const text = written((log) => log.root.info({ name: 'a\r\n{"level":60}\u001b[2J' }, 'Seen'));
    expect(text.split('\n')).toHaveLength(2);
    expect(text).not.toContain('\u001b');
  });
});
