import { describe, expect, it } from '@jest/globals';
import { aContainer } from '../../../test/containers.ts';
import {
  isShown,
  judge,
  mayRemake,
  needsConfirmation,
  planBulk,
  POWER_ACTIONS,
  refusalToRemake,
} from './power.rules.ts';

describe('power actions', () => {
  it('offers to stop what runs and to start what does not', () => {
    const running = aContainer();
    const stopped = aContainer({ state: 'exited', status: 'stopped', exitCode: 0 });
    expect(judge('stop', running)).toEqual({ able: true });
    expect(judge('start', stopped)).toEqual({ able: true });
    expect(judge('start', running)).toEqual({
      able: false,
      reason: { code: 'wrong_state', params: { status: 'running' } },
    });
  });

  it('gives the reason of the core where a right is missing', () => {
    const reason = { code: 'viewer', params: {} };
    const container = aContainer({ rights: { can: ['containers.see'], why: { 'containers.stop': reason } } });
    expect(judge('stop', container)).toEqual({ able: false, reason });
  });

  it('names the missing capability where the core gave no reason', () => {
    const container = aContainer({ rights: { can: [], why: {} } });
    expect(judge('kill', container)).toMatchObject({ reason: { params: { capability: 'containers.kill' } } });
    expect(isShown('kill', container)).toBe(false);
  });

  it('refuses everything on an engine that does not answer and on what is being changed already', () => {
    const offline = aContainer({ status: 'unknown' });
    const busy = aContainer({ operationId: 'op_aaaaaaaaaaaaaaaa' });
    for (const action of POWER_ACTIONS) {
      expect(judge(action, offline)).toMatchObject({ reason: { code: 'engine_offline' } });
      expect(judge(action, busy)).toMatchObject({ reason: { code: 'busy' } });
    }
  });

  it('plans a bulk action over the valid subset and keeps the reason of the rest', () => {
    const running = aContainer();
    const paused = aContainer({ state: 'paused', status: 'paused' });
    const plan = planBulk('pause', [running, paused]);
    expect(plan.able).toEqual([running]);
    expect(plan.unable).toEqual([{ item: paused, reason: { code: 'wrong_state', params: { status: 'paused' } } }]);
  });

  it('asks before more than four are disturbed, always before a delete, never before a start', () => {
    expect(needsConfirmation('restart', 4)).toBe(false);
    expect(needsConfirmation('restart', 5)).toBe(true);
    expect(needsConfirmation('delete', 1)).toBe(true);
    expect(needsConfirmation('start', 50)).toBe(false);
  });
});

describe('making a container anew', () => {
  const rights = { can: ['containers.recreate' as const, 'containers.settingsSee' as const], why: {} };

  it('is offered to who may, and only of what this panel made', () => {
    expect(mayRemake(aContainer({ managed: true, rights }))).toBe(true);
    expect(mayRemake(aContainer({ managed: false, rights }))).toBe(false);
    expect(mayRemake(aContainer({ managed: true, rights: { can: ['containers.settingsSee'], why: {} } }))).toBe(false);
  });

  it('waits for what is being done to it, for its engine, and until it is resumed', () => {
    expect(refusalToRemake(aContainer())).toBeNull();
    expect(refusalToRemake(aContainer({ status: 'unknown' }))).toMatchObject({ code: 'engine_offline' });
    expect(refusalToRemake(aContainer({ operationId: 'op_aaaaaaaaaaaaaaaa' }))).toMatchObject({ code: 'busy' });
    expect(refusalToRemake(aContainer({ state: 'paused', status: 'paused' }))).toMatchObject({ code: 'wrong_state' });
  });
});
