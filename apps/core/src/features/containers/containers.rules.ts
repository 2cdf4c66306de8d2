import {
  type BulkAction,
  CAPABILITIES,
  Capability,
  type Container,
  type ContainerEndAction,
  type ContainerState,
  type ContainerStatus,
  isOffered,
  type OperationId,
  type Rights,
} from '@bailiwick/contract';
import { rightsOn } from '../../foundation/access/access.rules.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import type { EngineContainer } from '../../foundation/environments/engine.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';
import { conflict } from '../../kernel/errors.js';
import { commandsOf, offersConsole, workloadOf } from './workloads.rules.js';

/** Whatever can be done to one container that exists. */
const CONTAINER_CAPABILITIES: readonly Capability[] = Capability.options.filter(
  (capability) =>
    /^(containers|files)[.]/.test(capability) &&
    CAPABILITIES[capability].grantable === 'thing' &&
    capability !== 'containers.create' &&
    isOffered(capability),
);

export type PowerAction = 'start' | 'stop' | 'restart' | 'pause' | 'unpause' | 'kill';

interface PowerRule {
  readonly capability: Capability;
  /** The states it makes sense in. */
  readonly from: ReadonlySet<ContainerState>;
  /** Would take away the core that is asked to do it. */
  readonly endsTheCore: boolean;
}

export const POWER: Readonly<Record<PowerAction, PowerRule>> = {
  start: { capability: 'containers.start', from: new Set(['created', 'exited']), endsTheCore: false },
  stop: { capability: 'containers.stop', from: new Set(['running', 'paused', 'restarting']), endsTheCore: true },
  restart: {
    capability: 'containers.restart',
    from: new Set(['created', 'running', 'paused', 'restarting', 'exited']),
    endsTheCore: true,
  },
  pause: { capability: 'containers.pause', from: new Set(['running']), endsTheCore: true },
  unpause: { capability: 'containers.pause', from: new Set(['paused']), endsTheCore: false },
  kill: { capability: 'containers.kill', from: new Set(['running', 'paused', 'restarting']), endsTheCore: true },
};

export const capabilityOf = (action: BulkAction): Capability =>
  action === 'delete' ? 'containers.delete' : POWER[action].capability;

const ENDS_THE_CORE: readonly Capability[] = [
  'containers.stop',
  'containers.restart',
  'containers.pause',
  'containers.kill',
  'containers.delete',
];

const REACHES_INTO_THE_CORE: readonly Capability[] = CONTAINER_CAPABILITIES.filter(
  (capability) =>
    capability.startsWith('files.') || capability === 'containers.run' || capability === 'containers.console',
);

const ENDING_SIGNALS: ReadonlySet<unknown> = new Set(['SIGKILL', 'SIGTERM', 'SIGINT']);

/** Whether this action asks a running process to end, so that its exit code is no error. */
export function isAskedToEnd(
  action: PowerAction,
  { state }: Pick<SeenContainer, 'state'>,
  { signal }: { signal?: unknown },
): action is ContainerEndAction {
  if (!POWER.stop.from.has(state)) return false;
  return action === 'stop' || action === 'restart' || (action === 'kill' && ENDING_SIGNALS.has(signal));
}

/** What the panel knows of a container beside what the engine says. */
export interface Circumstances {
  readonly online: boolean;
  readonly stoppedOnPurpose: boolean;
  readonly operationId: OperationId | null;
  /** What the project it is in is called. */
  readonly projectName: string | null;
  /** Where people open it. */
  readonly address: string | null;
}

/** A container as the list shows it, before anybody looks at it. */
export type BareContainer = Omit<Container, 'rights'>;

export function toBareContainer(seen: SeenContainer, circumstances: Circumstances): BareContainer {
  return {
    id: seen.id,
    environmentId: seen.environmentId,
    tenantId: seen.tenantId,
    name: seen.name,
    image: seen.image,
    state: seen.state,
    status: statusOf(seen, circumstances),
    health: seen.health,
    exitCode: seen.exitCode,
    since: toIsoOrNull(sinceMs(seen)),
    createdAt: toIso(seen.createdAtMs),
    ports: [...seen.ports],
    address: circumstances.address,
    stack: stackOf(seen),
    project: seen.projectId && { id: seen.projectId, name: circumstances.projectName ?? seen.projectId },
    managed: seen.managed,
    preset: seen.preset,
    owner: seen.ownerId ? { id: seen.ownerId, displayName: seen.ownerName ?? seen.ownerId } : null,
    operationId: circumstances.operationId,
  };
}

/** The one word the panel shows. */
export function statusOf(seen: EngineContainer, { online, stoppedOnPurpose }: Circumstances): ContainerStatus {
  if (!online) return 'unknown';
  switch (seen.state) {
    case 'running':
      return seen.health === 'unhealthy' || seen.health === 'starting' ? seen.health : 'running';
    case 'exited':
    case 'dead':
      return endedAs(seen, stoppedOnPurpose);
    case 'created':
    case 'paused':
    case 'restarting':
    case 'removing':
      return seen.state;
  }
}

/** Out of memory is never on purpose; a signal is, when it was ours. */
function endedAs({ oomKilled, exitCode }: EngineContainer, stoppedOnPurpose: boolean): ContainerStatus {
  if (oomKilled) return 'killed';
  if (exitCode === 0 || exitCode === null || stoppedOnPurpose) return 'stopped';
  return 'exited';
}

function sinceMs({ state, createdAtMs, startedAtMs, finishedAtMs }: EngineContainer): number | null {
  switch (state) {
    case 'created':
      return createdAtMs;
    case 'running':
    case 'paused':
      return startedAtMs;
    case 'exited':
    case 'dead':
    case 'restarting':
      return finishedAtMs;
    case 'removing':
      return null;
  }
}

/** The compose project a container belongs to. */
const stackOf = ({ labels }: Pick<EngineContainer, 'labels'>): string | null =>
  labels['com.docker.compose.project'] ?? null;

/** What the actor holds on it, less what nobody can do to it. */
export function rightsOnContainer(actor: Actor, seen: SeenContainer, { isOwn }: { isOwn: boolean }): Rights {
  const { can, why } = rightsOn(actor, CONTAINER_CAPABILITIES, seen);
  const stack = stackOf(seen);
  if (stack !== null) withhold('containers.rename', { code: 'belongs_to_stack', params: { stack } });
  if (isOwn)
    for (const capability of [...ENDS_THE_CORE, ...REACHES_INTO_THE_CORE])
      withhold(capability, { code: 'self_protection', params: {} });
  const workload = workloadOf(seen.image);
  const ofImage = { params: { image: seen.image, workload } };
  // Staff knows what it types to.
  if (!offersConsole(workload) && !isStaff(actor))
    withhold('containers.console', { code: 'console_unsupported', ...ofImage });
  if (commandsOf(workload).length === 0) withhold('containers.run', { code: 'run_unsupported', ...ofImage });
  return { can: can.filter((capability) => !(capability in why)), why };

  function withhold(capability: Capability, reason: { code: string; params: Record<string, unknown> }): void {
    why[capability] ??= reason;
  }
}

/** The engine removes some containers as soon as they end. */
export const toRemoved = (item: Container): Container => ({ ...item, state: 'removing', status: 'removing' });

/** Compose names its containers; renaming one would orphan it. */
export function assertRenamable(seen: Pick<SeenContainer, 'labels'>): void {
  const stack = stackOf(seen);
  if (stack !== null)
    throw conflict('belongs_to_stack', `This container belongs to the stack ${stack}. Rename it there.`, {
      params: { stack },
    });
}

export function assertInState(action: PowerAction, { state }: Pick<SeenContainer, 'state'>): void {
  const { from } = POWER[action];
  if (!from.has(state))
    throw conflict('wrong_state', `It is ${state}; ${action} needs it to be ${[...from].join(' or ')}.`, {
      params: { action, state, needs: [...from] },
    });
}

export function assertNotOwn(isOwn: boolean): void {
  if (isOwn)
    throw conflict('self_protection', 'The panel runs in this container and would end itself.', {
      hint: 'Do it from the host, with the engine’s own command line.',
    });
}

/** What the panel keeps there is nobody's to reach through the panel. */
export function assertOutside(isOwn: boolean): void {
  if (isOwn)
    throw conflict('self_protection', 'The panel runs in this container and does not reach into itself.', {
      hint: 'Do it from the host, with the engine’s own command line.',
    });
}

export function assertRunning({ state }: Pick<SeenContainer, 'state'>): void {
  if (state !== 'running')
    throw conflict('wrong_state', `It is ${state}; this needs it to be running.`, {
      params: { state, needs: ['running'] },
    });
}
