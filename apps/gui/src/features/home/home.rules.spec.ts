import { describe, expect, it } from '@jest/globals';
import type { Environment, Operation } from '@bailiwick/contract';
import { aContainer } from '../../../test/containers.ts';
import { anOperation } from '../../../test/operations.ts';
import { attentionIn, landsOn } from './home.rules.ts';

const now = Date.parse('2026-01-02T00:00:00.000Z');
const nothing = { containers: [], environments: [], operations: [], toAnswer: 0 };
const offline: Environment = {
  id: 'env_aaaaaaaaaaaaaaaa',
  slug: 'local',
  name: 'local',
  kind: 'fake',
  state: 'offline',
  since: '2026-01-01T00:00:00.000Z',
  syncedAt: null,
  reason: null,
  address: null,
  info: null,
  containers: { total: 0, running: 0 },
};

describe('where home leads', () => {
  it('is the only container somebody sees, and home where there is none or a choice', () => {
    const only = aContainer();
    expect(landsOn([only])).toBe(`/containers/${only.id}`);
    expect(landsOn([])).toBeNull();
    expect(landsOn([only, aContainer()])).toBeNull();
  });
});

describe('what needs attention', () => {
  it('is nothing where everything runs, or was stopped on purpose', () => {
    const containers = [aContainer(), aContainer({ status: 'stopped' }), aContainer({ status: 'paused' })];
    expect(attentionIn({ ...nothing, containers }, now)).toEqual({ lines: [], more: 0 });
  });

  it('names engines first, then who waits, then containers by how bad it is, then failed work', () => {
    const exited = aContainer({ name: 'a', status: 'exited' });
    const unhealthy = aContainer({ name: 'b', status: 'unhealthy' });
    const failed = anOperation({ state: 'failed', finishedAt: '2026-01-01T12:00:00.000Z' });
    const sight = { containers: [exited, unhealthy], environments: [offline], operations: [failed], toAnswer: 2 };
    expect(attentionIn(sight, now).lines).toEqual([
      { kind: 'environment', environment: offline },
      { kind: 'requests', count: 2 },
      { kind: 'container', container: unhealthy },
      { kind: 'container', container: exited },
      { kind: 'operation', operation: failed },
    ]);
  });

  it('forgets work that failed a day ago, and is never more than seven lines', () => {
    const old: Operation = anOperation({ state: 'failed', finishedAt: '2025-12-31T00:00:00.000Z' });
    expect(attentionIn({ ...nothing, operations: [old] }, now).lines).toEqual([]);
    const containers = Array.from({ length: 9 }, () => aContainer({ status: 'exited' }));
    const { lines, more } = attentionIn({ ...nothing, containers }, now);
    expect([lines.length, more]).toEqual([7, 2]);
  });
});
