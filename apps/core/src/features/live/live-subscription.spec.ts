import { describe, expect, it } from '@jest/globals';
import type { Change, Gone } from '@bailiwick/contract';
import { anActor } from '../../../test/factories/actor.js';
import { type LiveSink, LiveSubscription } from './live-subscription.js';

const aSubscription = () => new LiveSubscription('containers', anActor(), 0);
const listener = () => {
  const changes: Change[] = [];
  const ends: Gone[] = [];
  const sink: LiveSink = { change: (change) => void changes.push(change), gone: (gone) => void ends.push(gone) };
  return { changes, ends, sink };
};

describe('a subscription', () => {
  it('numbers its changes without gaps, from one on', () => {
    const subscription = aSubscription();
    const { sink, changes } = listener();
    subscription.attach(sink, 0);
    subscription.push('upsert', 'ct_a', { id: 'ct_a' });
    subscription.push('remove', 'ct_a');
    expect(changes).toEqual([
      { topic: 'containers', epoch: subscription.epoch, seq: 1, type: 'upsert', id: 'ct_a', item: { id: 'ct_a' } },
      { topic: 'containers', epoch: subscription.epoch, seq: 2, type: 'remove', id: 'ct_a' },
    ]);
  });

  it('keeps what happens before somebody listens', () => {
    const subscription = aSubscription();
    subscription.push('upsert', 'ct_a', {});
    subscription.push('upsert', 'ct_b', {});
    const { sink, changes } = listener();
    subscription.attach(sink, 1);
    expect(changes.map(({ id }) => id)).toEqual(['ct_b']);
  });

  it('replays exactly what came after a position', () => {
    const subscription = aSubscription();
    for (let n = 0; n < 10; n++) subscription.push('upsert', `ct_${n}`, {});
    const missed = subscription.missedSince({ epoch: subscription.epoch, seq: 7 });
    expect(missed?.map(({ seq }) => seq)).toEqual([8, 9, 10]);
    expect(subscription.missedSince({ epoch: subscription.epoch, seq: 10 })).toEqual([]);
  });

  it('replays nothing when it cannot replay everything', () => {
    const subscription = aSubscription();
    for (let n = 0; n < 300; n++) subscription.push('upsert', `ct_${n}`, {});
    const { epoch } = subscription;
    expect(subscription.missedSince({ epoch, seq: 300 - 257 })).toBeUndefined();
    expect(subscription.missedSince({ epoch, seq: 300 - 256 })).toHaveLength(256);
    expect(subscription.missedSince({ epoch, seq: 301 })).toBeUndefined();
    expect(subscription.missedSince({ epoch: 'sub_other', seq: 299 })).toBeUndefined();
  });

  it('talks to the last who came, and is not silenced by the one before', () => {
    const subscription = aSubscription();
    const first = listener();
    const second = listener();
    subscription.attach(first.sink, 0);
    subscription.attach(second.sink, 0);
    subscription.detach(first.sink, 5);
    subscription.push('upsert', 'ct_a', {});
    expect(first.changes).toEqual([]);
    expect(second.changes).toHaveLength(1);
    expect(subscription.detachedAtMs).toBeUndefined();
  });

  it('says why it ended, and nothing after that', () => {
    const subscription = aSubscription();
    const { sink, changes, ends } = listener();
    subscription.attach(sink, 0);
    subscription.end('rights_changed');
    subscription.push('upsert', 'ct_a', {});
    expect(ends).toEqual([{ topic: 'containers', reason: 'rights_changed' }]);
    expect(changes).toEqual([]);
  });

  it('tells whoever comes too late that it ended', () => {
    const subscription = aSubscription();
    subscription.end('signed_out');
    const { sink, ends } = listener();
    subscription.attach(sink, 0);
    expect(ends).toEqual([{ topic: 'containers', reason: 'signed_out' }]);
  });
});
