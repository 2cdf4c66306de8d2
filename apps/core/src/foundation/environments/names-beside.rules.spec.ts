import { describe, expect, it } from '@jest/globals';
import { isNameBeside, namesBeside } from './names-beside.rules.js';

describe('the names of a container that is made anew', () => {
  it.each(['web', 'web.old', 'w'.repeat(60)])('are known as its own: %s', (name) => {
    const { fresh, old } = namesBeside(name, 'op_abcdefgh234567xy');
    expect([fresh, old].map((called) => isNameBeside(name, called))).toEqual([true, true]);
    expect(fresh).not.toBe(old);
    expect(Math.max(fresh.length, old.length)).toBeLessThanOrEqual(60);
  });

  it.each(['web', 'web.old', 'web.new', 'web.abc.old', 'web.abcdefgh.older', 'shop.abcdefgh.old', 'web-abcdefgh.old'])(
    'are not what somebody calls it: %s',
    (called) => expect(isNameBeside('web', called)).toBe(false),
  );
});
