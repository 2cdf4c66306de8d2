import { describe, expect, it } from '@jest/globals';
import { allowedHosts, isAllowedHost } from './hosts.rules.ts';

const allowed = allowedHosts('https://panel.example:8443', ['ops.example', 'other.example:81']);

describe('host names', () => {
  it.each([
    'localhost:5000',
    '127.0.0.1:5000',
    '[::1]:5000',
    'localhost',
    'panel.example:8443',
    'OPS.example:5000',
    'other.example:81',
  ])('answers to %s', (host) => {
    expect(isAllowedHost(host, allowed)).toBe(true);
  });

  it.each([
    '',
    'evil.example',
    'panel.example',
    'panel.example:1',
    'other.example:82',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
  ])('refuses %j', (host) => {
    expect(isAllowedHost(host, allowed)).toBe(false);
  });

  it('answers to anything when told so', () => {
    expect(isAllowedHost('any.example', allowedHosts(undefined, ['*']))).toBe(true);
  });
});
