import { describe, expect, it } from '@jest/globals';
import { ListBodies } from './list-bodies.js';

const MIB = 1024 * 1024;

describe('kept answers', () => {
  it('are bounded however short they are and however many are asked for', () => {
    const bodies = new ListBodies(MIB);
    for (let asked = 0; asked < 10_000; asked += 1) {
      bodies.keep(`q ${asked}`, Buffer.from('{"items":[]}'));
      expect(bodies.count).toBeLessThanOrEqual(MIB / Buffer.poolSize);
    }
  });

  it('count what asks for them as well', () => {
    const bodies = new ListBodies(MIB);
    for (let asked = 0; asked < 100; asked += 1)
      bodies.keep(`${asked} ${'x'.repeat(MIB / 8)}`, Buffer.from('{"items":[]}'));
    expect(bodies.count).toBeLessThanOrEqual(4);
  });

  it('are found until they are cleared', () => {
    const bodies = new ListBodies(MIB);
    const body = Buffer.from('{}');
    bodies.keep('a', body);
    expect(bodies.find('a')).toBe(body);
    bodies.clear();
    expect(bodies.find('a')).toBeUndefined();
  });
});
