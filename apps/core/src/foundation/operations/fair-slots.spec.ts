import { describe, expect, it } from '@jest/globals';
import { FairSlots } from './fair-slots.js';

/** Who got a slot, in order; everybody holds it until `next`. */
async function run(limit: number, tenants: string[]) {
  const slots = new FairSlots(limit);
  const order: string[] = [];
  const all = tenants.map(async (tenant, index) => {
    await slots.acquire(tenant);
    order.push(`${tenant}${index}`);
  });
  await Promise.resolve();
  for (const _ of tenants) {
    await new Promise((resolve) => setImmediate(resolve));
    slots.release();
  }
  await Promise.all(all);
  return order;
}

describe('fair slots', () => {
  it('let in no more than the limit', async () => {
    const slots = new FairSlots(2);
    await slots.acquire('a');
    await slots.acquire('a');
    let third = false;
    const waits = slots.acquire('a').then(() => (third = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(third).toBe(false);
    slots.release();
    await waits;
    expect(third).toBe(true);
  });

  it('give tenants their turns, so that a thousand of one do not hold up one of another', async () => {
    expect(await run(1, ['a', 'a', 'a', 'a', 'b', 'c', 'b'])).toEqual(['a0', 'a1', 'b4', 'c5', 'a2', 'b6', 'a3']);
  });

  it('let go on who has begun before anybody of the same tenant begins', async () => {
    const slots = new FairSlots(1);
    const order: string[] = [];
    await slots.acquire('a');
    const waits = [
      slots.acquire('a').then(() => order.push('new')),
      slots.acquire('b').then(() => order.push('other tenant')),
      slots.acquire('a', { begun: true }).then(() => order.push('begun')),
    ];
    for (const _ of waits) {
      slots.release();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(waits);
    expect(order).toEqual(['begun', 'other tenant', 'new']);
  });

  it('serve one tenant in the order asked', async () => {
    expect(await run(1, ['a', 'a', 'a'])).toEqual(['a0', 'a1', 'a2']);
  });
});
