import { describe, expect, it } from '@jest/globals';
import type { Config } from '../../config.js';
import { nameOf, placesOf, problemOf } from './certificates.rules.js';

const DAY = 86_400_000;
const served = (doubt: 'untrusted' | 'name' | null = null) => ({ validFromMs: 0, validUntilMs: 100 * DAY, doubt });
const at = (day: number, days = 14) => ({ nowMs: day * DAY, days });

describe('a certificate', () => {
  it('needs somebody when too few days are left, and when none are', () => {
    expect(problemOf(served(), at(86))).toBeNull();
    expect(problemOf(served(), at(86.5))).toBe('expiring');
    expect(problemOf(served(), at(86.5, 10))).toBeNull();
    expect(problemOf(served(), at(100))).toBe('expired');
    expect(problemOf(served(), at(-1))).toBe('early');
  });

  it('needs somebody when nobody known signed it or it is another’s, and its time is said first', () => {
    expect(problemOf(served('untrusted'), at(50))).toBe('untrusted');
    expect(problemOf(served('name'), at(99))).toBe('name');
    expect(problemOf(served('untrusted'), at(101))).toBe('expired');
  });
});

describe('the places', () => {
  const told = (publicUrl: string, issuers: string[] = [], tls?: 'tls' | 'starttls') =>
    placesOf({
      BAILIWICK_PUBLIC_URL: publicUrl,
      signInProviders: issuers.map((issuer) => ({ issuer })) as unknown as Config['signInProviders'],
      smtp: tls && { host: 'mail.example', port: 465, tls, from: 'a@b.example', login: undefined },
    }).map(nameOf);

  it('are those that speak TLS from the first byte, each once', () => {
    expect(told('http://panel.example')).toEqual([]);
    expect(told('https://panel.example', ['https://id.example:8443/realm', 'https://panel.example/other', 'http://id.test'], 'tls')).toEqual([
      'panel.example:443',
      'id.example:8443',
      'mail.example:465',
    ]); // prettier-ignore
    expect(told('https://[2001:db8::1]:5000', [], 'starttls')).toEqual(['[2001:db8::1]:5000']);
  });
});
