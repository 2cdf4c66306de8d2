import { describe, expect, it } from '@jest/globals';
import { type Operation, OperationState } from '@bailiwick/contract';
import { anOperation, aStep } from '../../../test/operations.ts';
import {
  bulkItems,
  deployResult,
  durationMs,
  hasContainer,
  isEnded,
  isIn,
  newestFirst,
  percentOf,
  readActivityFilter,
  runningStep,
} from './operation.rules.ts';

describe('operations', () => {
  it('stand in exactly one of active, finished and failed', () => {
    for (const state of OperationState.options) {
      const places = (['active', 'finished', 'failed'] as const).filter((filter) => isIn(filter, { state }));
      expect(places).toHaveLength(1);
      expect(isIn('all', { state })).toBe(true);
      expect(isEnded({ state })).toBe(places[0] !== 'active');
    }
  });

  it('read a made-up filter as all', () => {
    expect(readActivityFilter('failed')).toBe('failed');
    expect(readActivityFilter('nonsense')).toBe('all');
    expect(readActivityFilter(['active'])).toBe('all');
  });

  it('are listed newest first', () => {
    const [old, young] = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'].map((createdAt) =>
      anOperation({ createdAt }),
    );
    expect(newestFirst([old, young].flatMap((operation) => operation ?? []))).toEqual([young, old]);
  });

  it('count finished steps whole and the running one by its percentage', () => {
    const steps = [aStep({ state: 'done' }), aStep({ state: 'running', percent: 50 }), aStep(), aStep()];
    expect(percentOf(anOperation({ steps }))).toBe(37);
    expect(runningStep(anOperation({ steps }))?.percent).toBe(50);
  });

  it('are at a hundred only when they are done', () => {
    const steps = [aStep({ state: 'done' })];
    expect(percentOf(anOperation({ steps }))).toBe(99);
    expect(percentOf(anOperation({ steps, state: 'done' }))).toBe(100);
    expect(percentOf(anOperation({ steps, state: 'queued' }))).toBeNull();
  });

  it('last until now while they run', () => {
    const now = Date.parse('2026-01-01T00:00:05.000Z');
    expect(durationMs(anOperation(), now)).toBe(4000);
    expect(durationMs(anOperation({ finishedAt: '2026-01-01T00:00:03.000Z' }), now)).toBe(2000);
    expect(durationMs(anOperation({ startedAt: null }), now)).toBeNull();
  });

  it('give their result only under the name it belongs to', () => {
    const items = [{ id: 'ct_a', name: 'web', ok: true, error: null }];
    expect(bulkItems(anOperation({ name: 'containers.bulk', result: { items } }))).toEqual(items);
    expect(bulkItems(anOperation({ name: 'containers.bulk' }))).toEqual([]);
    expect(deployResult(anOperation({ result: { items } }))).toBeNull();
    const result = { containerId: 'ct_a', name: 'web', ports: [], generated: [] };
    expect(deployResult(anOperation({ result }))).toEqual(result);
  });
});

describe('the container of an operation', () => {
  const about = (
    name: string,
    state: Operation['state'],
    containerId: Operation['target']['containerId'] = 'ct_aaaaaaaaaaaaaaaa',
  ) => hasContainer({ name, state, target: { containerId, label: 'web' } });

  it('is there while it is worked on, and where the work leaves one', () => {
    expect(about('containers.delete', 'running')).toBe(true);
    expect(about('containers.recreate', 'failed')).toBe(true);
    expect(about('containers.restore', 'done')).toBe(true);
  });

  it('is not there where the work took it, or never made it', () => {
    expect(about('containers.delete', 'done')).toBe(false);
    expect(about('containers.restore', 'failed')).toBe(false);
    expect(about('containers.deploy', 'failed')).toBe(false);
    expect(about('audit.export', 'running', null)).toBe(false);
  });
});
