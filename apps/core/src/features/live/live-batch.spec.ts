import { describe, expect, it } from '@jest/globals';
import { until } from '../../../test/until.js';
import { anActor } from '../../../test/factories/actor.js';
import { LiveBatch, type Touch } from './live-batch.js';

const touch = (id: string, item: unknown = id, wasVisible = false): Touch => ({
  id,
  topics: ['containers'],
  read: () => item,
  wasVisibleTo: () => wasVisible,
});
const actor = anActor();

function aBatch() {
  const flushes: string[][] = [];
  const errors: unknown[] = [];
  const batch = new LiveBatch(
    async (touches) => {
      flushes.push(touches.map((one) => `${one.id}=${String(one.read(actor))}${one.wasVisibleTo(actor) ? '!' : ''}`));
      if (touches.some(({ id }) => id === 'broken')) throw new Error('broken');
    },
    (error) => errors.push(error),
  );
  return { batch, flushes, errors };
}

describe('a burst', () => {
  it('is told once, in order, each thing as it is at last', async () => {
    const { batch, flushes } = aBatch();
    for (const [id, item] of ['a1', 'b1', 'a2', 'c1'].map((text) => [text[0], text] as const))
      batch.add(touch(id ?? '', item));
    await until(() => flushes.length > 0);
    expect(flushes).toEqual([['b=b1', 'a=a2', 'c=c1']]);
    await batch.stop();
  });

  it('remembers who saw a thing before the burst began', async () => {
    const { batch, flushes } = aBatch();
    batch.add(touch('a', 'now', true));
    batch.add(touch('a', 'later', false));
    await until(() => flushes.length > 0);
    expect(flushes).toEqual([['a=later!']]);
    await batch.stop();
  });

  it('loses nothing that comes while it is told', async () => {
    const { batch, flushes } = aBatch();
    batch.add(touch('a'));
    await until(() => flushes.length === 1);
    batch.add(touch('b'));
    await until(() => flushes.length === 2);
    expect(flushes).toEqual([['a=a'], ['b=b']]);
    await batch.stop();
  });

  it('goes on after one that could not be told, and says so', async () => {
    const { batch, flushes, errors } = aBatch();
    batch.add(touch('broken'));
    await until(() => errors.length > 0);
    batch.add(touch('a'));
    await until(() => flushes.length === 2);
    expect(flushes[1]).toEqual(['a=a']);
    await batch.stop();
  });

  it('is silent once it was stopped', async () => {
    const { batch, flushes } = aBatch();
    await batch.stop();
    batch.add(touch('a'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(flushes).toEqual([]);
  });
});
