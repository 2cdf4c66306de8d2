import { describe, expect, it } from '@jest/globals';
import { isWithin } from './networks.js';

describe('networks', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.9.8.7', true],
    ['::ffff:127.0.0.1', true],
    ['::1', true],
    ['10.0.0.1', false],
    ['2001:db8::1', false],
    ['unknown', false],
  ])('says of %s that it is on this machine: %s', (address, expected) => {
    expect(isWithin(address, ['127.0.0.0/8', '::1/128'])).toBe(expected);
  });

  it('holds an IPv6 network, and none at all holds nobody', () => {
    expect(isWithin('2001:db8::77', ['2001:db8::/64'])).toBe(true);
    expect(isWithin('2001:db9::77', ['2001:db8::/64'])).toBe(false);
    expect(isWithin('127.0.0.1', [])).toBe(false);
  });
});
