import { describe, expect, it } from '@jest/globals';
import { kept, toType } from './engine-events.rules.js';

const NOW = 10_000_000;
const at = (...agosMs: number[]) => agosMs.map((ago) => ({ atMs: NOW - ago }));

describe('what is kept of what engines told', () => {
  it('is the last hour', () => {
    expect(kept(at(3_600_001, 3_600_000, 5), NOW, 10)).toEqual(at(3_600_000, 5));
    expect(kept(at(3_600_001), NOW, 10)).toEqual([]);
    expect(kept([], NOW, 10)).toEqual([]);
  });

  it('is the newest, where it is too much', () => {
    expect(kept(at(4, 3, 2, 1), NOW, 2)).toEqual(at(2, 1));
  });
});

describe('an announcement of an engine', () => {
  it('is told by our word for it', () => {
    expect(['start', 'die', 'destroy', 'health_status: unhealthy'].map(toType)).toEqual([
      'container.started',
      'container.died',
      'container.removed',
      'container.unhealthy',
    ]);
  });

  it('is not told where it is none of a life: a command, a network', () => {
    expect(['exec_start: ls', 'connect', 'health_status: starting', ''].map(toType)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
