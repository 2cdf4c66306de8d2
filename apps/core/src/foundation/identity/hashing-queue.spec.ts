import { describe, expect, it } from '@jest/globals';
import { HashingQueue } from './hashing-queue.js';

describe('hashing', () => {
  it('runs two at once, lets twenty wait and refuses the next at once', async () => {
    const queue = new HashingQueue({ atOnce: 2, queued: 20 });
    const open: Array<() => void> = [];
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((finish) => open.push(finish));
      running -= 1;
    };
    const accepted = Array.from({ length: 22 }, () => queue.run(work));
    await expect(queue.run(work)).rejects.toMatchObject({ code: 'busy', status: 503 });
    let finished = 0;
    for (const one of accepted) void one.then(() => (finished += 1));
    while (finished < 22) {
      open.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(most).toBe(2);
    await expect(queue.run(async () => 'free again')).resolves.toBe('free again');
  });

  it('gives its place back when the work fails', async () => {
    const queue = new HashingQueue({ atOnce: 1, queued: 0 });
    await expect(queue.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(queue.run(async () => 'still there')).resolves.toBe('still there');
  });
});
