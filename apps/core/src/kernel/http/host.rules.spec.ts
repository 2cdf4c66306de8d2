import { describe, expect, it } from '@jest/globals';
import { isOwnHost, isOwnOrigin } from './host.rules.js';

const PLAIN = { publicUrl: 'http://panel.example:5000', allowedHosts: ['ops.example', '192.0.2.4'], secure: false };
const SECURE = { publicUrl: 'https://panel.example', allowedHosts: [], secure: true };

describe('a host', () => {
  it.each(['localhost', 'LOCALHOST:5000', '127.0.0.1', '[::1]:1', 'panel.example', 'ops.example:99', '192.0.2.4'])(
    '%s is ours',
    (host) => expect(isOwnHost(host, PLAIN)).toBe(true),
  );

  it.each([
    undefined,
    '',
    'evil.example',
    'panel.example.',
    'localhost.evil',
    '127.0.0.1.nip.io',
    'a@localhost',
    '[::1',
  ])('%s is not ours', (host) => expect(isOwnHost(host, PLAIN)).toBe(false));
});

describe('an origin', () => {
  it('is ours when it is the public one, or the host this was sent to', () => {
    expect(isOwnOrigin('http://panel.example:5000', '127.0.0.1:8000', PLAIN)).toBe(true);
    expect(isOwnOrigin('http://127.0.0.1:5000', '127.0.0.1:5000', PLAIN)).toBe(true);
    expect(isOwnOrigin('https://ops.example', 'ops.example', SECURE)).toBe(true);
  });

  it.each([
    'null',
    '',
    'http://panel.example',
    'http://127.0.0.1:3000',
    'http://panel.example:5000/',
    'https://127.0.0.1:5000',
  ])('%j is not ours', (origin) => expect(isOwnOrigin(origin, '127.0.0.1:5000', PLAIN)).toBe(false));
});
