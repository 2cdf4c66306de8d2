import { describe, expect, it } from '@jest/globals';
import type { ContainerState, ContainerStatus } from '@bailiwick/contract';
import { anActor, TEST_TENANT } from '../../../test/factories/actor.js';
import { aContainer } from '../../../test/factories/container.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import {
  assertInState,
  assertNotOwn,
  assertOutside,
  assertRenamable,
  type Circumstances,
  isAskedToEnd,
  type PowerAction,
  rightsOnContainer,
  statusOf,
  toBareContainer,
} from './containers.rules.js';

const USUAL: Circumstances = {
  online: true,
  stoppedOnPurpose: false,
  operationId: null,
  projectName: null,
  address: null,
};
const STARTED = Date.parse('2026-01-02T00:00:00Z');
const FINISHED = Date.parse('2026-01-03T00:00:00Z');

describe('the one word for a container', () => {
  it.each<[ContainerStatus, Partial<SeenContainer>]>([
    ['running', { state: 'running', health: 'none' }],
    ['running', { state: 'running', health: 'healthy' }],
    ['starting', { state: 'running', health: 'starting' }],
    ['unhealthy', { state: 'running', health: 'unhealthy' }],
    ['paused', { state: 'paused', health: 'unhealthy' }],
    ['restarting', { state: 'restarting', exitCode: 1 }],
    ['created', { state: 'created' }],
    ['removing', { state: 'removing' }],
    ['stopped', { state: 'exited', exitCode: 0 }],
    ['exited', { state: 'exited', exitCode: 1 }],
    ['exited', { state: 'exited', exitCode: 143 }],
    ['exited', { state: 'exited', exitCode: 137 }],
    ['killed', { state: 'exited', exitCode: 137, oomKilled: true }],
    ['exited', { state: 'dead', exitCode: 255 }],
  ])('is %s when it is %j', (status, overrides) => {
    expect(statusOf(aContainer(overrides), USUAL)).toBe(status);
  });

  it.each([137, 143, 1])('is stopped after a stop of ours, also with code %d', (exitCode) => {
    expect(statusOf(aContainer({ state: 'exited', exitCode }), { ...USUAL, stoppedOnPurpose: true })).toBe('stopped');
  });

  it('is killed when it ran out of memory, also while we were stopping it', () => {
    const dead = aContainer({ state: 'exited', exitCode: 137, oomKilled: true });
    expect(statusOf(dead, { ...USUAL, stoppedOnPurpose: true })).toBe('killed');
  });

  it.each<ContainerState>(['running', 'exited', 'paused'])(
    'is unknown while its engine is away, whatever it was: %s',
    (state) => {
      expect(statusOf(aContainer({ state }), { ...USUAL, online: false })).toBe('unknown');
    },
  );
});

describe('since when', () => {
  it.each<[ContainerState, string | null]>([
    ['created', '2026-01-01T00:00:00.000Z'],
    ['running', '2026-01-02T00:00:00.000Z'],
    ['paused', '2026-01-02T00:00:00.000Z'],
    ['exited', '2026-01-03T00:00:00.000Z'],
    ['restarting', '2026-01-03T00:00:00.000Z'],
    ['removing', null],
  ])('a container is %s: %s', (state, since) => {
    const seen = aContainer({ state, startedAtMs: STARTED, finishedAtMs: FINISHED });
    expect(toBareContainer(seen, USUAL).since).toBe(since);
  });
});

describe('what one may do with a container', () => {
  const owner = anActor();
  const own = aContainer({ ownerId: owner.userId, tenantId: TEST_TENANT });
  const rightsOf = (seen: SeenContainer, isOwn = false) => rightsOnContainer(owner, seen, { isOwn });

  it('is everything but the engine’s own words, root and what its image does not offer, for whoever deployed it', () => {
    const { can, why } = rightsOf(own);
    expect(can).toEqual(expect.arrayContaining(['containers.stop', 'containers.rename', 'containers.delete']));
    expect(Object.keys(why)).toEqual(['containers.inspect', 'containers.shellRoot', 'containers.console']);
  });

  it('is no new name for what belongs to a stack, and says which', () => {
    const { can, why } = rightsOf({ ...own, labels: { 'com.docker.compose.project': 'shop' } });
    expect(can).not.toContain('containers.rename');
    expect(why['containers.rename']).toEqual({ code: 'belongs_to_stack', params: { stack: 'shop' } });
  });

  it('is nothing that would end the panel or reach into it, for the container it runs in', () => {
    const { can, why } = rightsOf(own, true);
    const ending = [
      'containers.stop',
      'containers.restart',
      'containers.pause',
      'containers.kill',
      'containers.delete',
      'containers.run',
      'containers.console',
      'files.list',
      'files.read',
      'files.write',
      'files.root',
    ] as const;
    for (const capability of ending) {
      expect(can).not.toContain(capability);
      expect(why[capability]).toEqual({ code: 'self_protection', params: {} });
    }
    expect(can).toContain('containers.logs');
  });

  it('names the missing right before the fact, for who lacks both', () => {
    const viewer = anActor({ platformRole: 'viewer' });
    const his = aContainer({ ownerId: viewer.userId, labels: { 'com.docker.compose.project': 'shop' } });
    expect(rightsOnContainer(viewer, his, { isOwn: true }).why['containers.rename']?.code).toBe('viewer');
  });
});

describe('what makes sense in which state', () => {
  const STATES: ContainerState[] = ['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'];

  it.each<[PowerAction, ContainerState[]]>([
    ['start', ['created', 'exited']],
    ['stop', ['running', 'paused', 'restarting']],
    ['restart', ['created', 'running', 'paused', 'restarting', 'exited']],
    ['pause', ['running']],
    ['unpause', ['paused']],
    ['kill', ['running', 'paused', 'restarting']],
  ])('%s: %j', (action, allowed) => {
    const accepted = STATES.filter((state) => {
      try {
        assertInState(action, { state });
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'wrong_state', status: 409, params: { action, state } });
        return false;
      }
    });
    expect(accepted).toEqual(allowed);
  });

  it('refuses to rename what belongs to a stack', () => {
    expect(() => assertRenamable({ labels: { 'com.docker.compose.project': 'shop' } })).toThrow(
      expect.objectContaining({ code: 'belongs_to_stack', params: { stack: 'shop' } }),
    );
    expect(() => assertRenamable({ labels: {} })).not.toThrow();
  });

  it('refuses to end the container the panel runs in', () => {
    expect(() => assertNotOwn(true)).toThrow(expect.objectContaining({ code: 'self_protection', status: 409 }));
    expect(() => assertOutside(true)).toThrow(expect.objectContaining({ code: 'self_protection', status: 409 }));
    expect(() => assertOutside(false)).not.toThrow();
    expect(() => assertNotOwn(false)).not.toThrow();
  });
});

describe('an end that was asked for', () => {
  it.each<[boolean, PowerAction, ContainerState, string | undefined]>([
    [true, 'stop', 'running', undefined],
    [true, 'restart', 'running', undefined],
    [false, 'restart', 'exited', undefined],
    [true, 'kill', 'running', 'SIGKILL'],
    [true, 'kill', 'running', 'SIGTERM'],
    [false, 'kill', 'running', 'SIGHUP'],
    [false, 'start', 'exited', undefined],
    [false, 'pause', 'running', undefined],
  ])('%s: %s while %s %s', (expected, action, state, signal) => {
    expect(isAskedToEnd(action, { state }, { signal })).toBe(expected);
  });
});
