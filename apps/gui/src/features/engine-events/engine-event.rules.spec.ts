import { describe, expect, it } from '@jest/globals';
import { ContainerId, EnvironmentId, type ToldEngineEvent } from '@bailiwick/contract';
import { eventsOf, iconOf } from './engine-event.rules.ts';

const NOW = Date.parse('2026-05-01T12:00:00.000Z');
const HERE = EnvironmentId.parse('env_aaaaaaaaaaaaaaaa');
const ONE = ContainerId.parse('ct_aaaaaaaaaaaaaaaa');
const OTHER = ContainerId.parse('ct_bbbbbbbbbbbbbbbb');
const told = (nth: number, change: Partial<ToldEngineEvent> = {}): ToldEngineEvent => ({
  id: `${nth}00-${nth}`,
  type: 'container.started',
  data: { id: ONE, name: 'one' },
  at: new Date(NOW - 60_000 + nth * 1000).toISOString(),
  environmentId: HERE,
  exitCode: null,
  ...change,
});
const ids = (events: ToldEngineEvent[]) => events.map(({ id }) => id);

describe('what the engine said', () => {
  it('is each once, the newest first', () => {
    const shown = eventsOf({ environment: HERE }, [told(2), told(1)], [told(2), told(3)], NOW);
    expect(ids(shown)).toEqual(['300-3', '200-2', '100-1']);
  });

  it('keeps the order in which it was told within one millisecond', () => {
    const at = told(1).at;
    const shown = eventsOf({ environment: HERE }, [told(9, { at }), told(10, { at })], [], NOW);
    expect(ids(shown)).toEqual(['1000-10', '900-9']);
  });

  it('is of the container that is meant, and of the last hour', () => {
    const others = told(2, { data: { id: OTHER, name: 'other' } });
    const old = told(3, { at: new Date(NOW - 3_600_001).toISOString() });
    expect(ids(eventsOf({ container: ONE }, [told(1), others, old], [], NOW))).toEqual(['100-1']);
  });

  it('takes an end with a code other than 0 for trouble, and one that tells none for none', () => {
    const end = { type: 'container.died' } as const;
    expect([0, 3, null].map((exitCode) => iconOf({ ...end, exitCode }))).toEqual(['stopped', 'bad', 'stopped']);
  });
});
