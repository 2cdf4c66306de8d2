import { describe, expect, it } from '@jest/globals';
import { OutboxBound } from './outbox-bound.js';

const MIB = 1024 * 1024;
const addWhileAllowed = (outbox: OutboxBound, bytes: number): number => {
  let added = 0;
  while (outbox.add(bytes)) added += 1;
  return added;
};

describe('what a connection may leave untaken', () => {
  it('is a mebibyte', () => {
    expect(addWhileAllowed(new OutboxBound(), 64 * 1024)).toBe(16);
  });

  it('is 2048 small messages', () => {
    expect(addWhileAllowed(new OutboxBound(), 10)).toBe(2048);
  });

  it('is one large answer, whatever its size', () => {
    expect(new OutboxBound().add(10 * MIB)).toBe(true);
  });

  it('begins anew once everything was taken', () => {
    const outbox = new OutboxBound();
    addWhileAllowed(outbox, MIB);
    outbox.empty();
    expect(outbox.add(MIB)).toBe(true);
  });
});
