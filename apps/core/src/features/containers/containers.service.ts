import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type {
  AuditList,
  Capability,
  Container,
  ContainerDetail,
  ContainerEndAction,
  ContainerEnds,
  ContainerId,
  ContainerProcesses,
  DeleteInventory,
  KillContainer,
  ListActivity,
  RenameContainer,
  StopContainer,
} from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import { AuditService, type AuditTarget } from '../../foundation/audit/audit.service.js';
import type { Engine, EngineInspection } from '../../foundation/environments/engine.js';
import { engineTimeout } from '../../foundation/environments/engine-errors.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { isOutage } from '../../foundation/environments/outage.rules.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { Clock } from '../../kernel/clock.js';
import { conflict, isAppError, notFound } from '../../kernel/errors.js';
import { CONFIG } from '../../kernel/tokens.js';
import { toDetail, withoutSecrets } from './container-detail.rules.js';
import { ContainerEndsService } from './container-ends.service.js';
import { ContainerListService } from './container-list.service.js';
import { ContainerStopsService } from './container-stops.service.js';
import {
  assertInState,
  assertNotOwn,
  assertOutside,
  assertRenamable,
  assertRunning,
  isAskedToEnd,
  POWER,
  type PowerAction,
  toRemoved,
} from './containers.rules.js';
import { toDeleteInventory } from './delete-inventory.rules.js';
import { OwnContainer } from './own-container.driver.js';
import { ownPlaces, sharedFolders } from './shared-folders.rules.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { VolumesService } from '../volumes/volumes.service.js';

export interface Entry {
  readonly seen: SeenContainer;
  readonly engine: Engine;
  /** As the audit names it. */
  readonly target: AuditTarget;
}

type Act = (engine: Engine, engineId: string) => Promise<void>;

interface PowerWish {
  readonly action: PowerAction;
  readonly act: Act;
  readonly details: Record<string, unknown>;
}

/** How long a page waits for an engine before it shows what was last known. */
const INSPECT_WITHIN_MS = 2000;
const MOST_PROCESSES = 1000;
const LOOK_MS = 100;

@Injectable()
export class ContainersService {
  /** What is being done to each container right now. */
  private readonly busy = new Map<ContainerId, string>();

  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'sftp'>,
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly environments: EnvironmentsService,
    private readonly mirrors: MirrorsService,
    private readonly operations: OperationsService,
    private readonly containers: ContainerListService,
    private readonly stops: ContainerStopsService,
    private readonly ends: ContainerEndsService,
    private readonly own: OwnContainer,
    private readonly clock: Clock,
    private readonly volumes: VolumesService,
    private readonly quotas: QuotasService,
  ) {}

  async detail(actor: Actor, id: ContainerId): Promise<ContainerDetail> {
    const seen = this.get(actor, id);
    const inspection = await this.findInspection(seen);
    const look = { item: this.item(actor, id), seen, inspection, atMs: this.clock.now(), sftp: this.config.sftp };
    return toDetail(look, { staff: isStaff(actor) });
  }

  async inspect(actor: Actor, id: ContainerId): Promise<Record<string, unknown>> {
    const seen = this.get(actor, id);
    this.access.require(actor, 'containers.inspect', seen);
    return withoutSecrets((await this.inspection(seen)).raw);
  }

  /** What runs in it, with what each was started with. */
  async processes(actor: Actor, id: ContainerId): Promise<ContainerProcesses> {
    const { seen, engine } = this.enter(actor, id, 'containers.inspect');
    return { items: (await engine.processes(seen.engineId)).slice(0, MOST_PROCESSES) };
  }

  /** How its runs ended, as far as somebody looked. */
  async listEnds(actor: Actor, id: ContainerId): Promise<ContainerEnds> {
    const seen = this.get(actor, id);
    this.access.require(actor, 'containers.activity', seen);
    return { items: await this.ends.of(id) };
  }

  async activity(actor: Actor, id: ContainerId, page: ListActivity): Promise<AuditList> {
    const seen = this.get(actor, id);
    this.access.require(actor, 'containers.activity', seen);
    return this.audit.listFor(actor, seen, page);
  }

  async deletePreview(actor: Actor, id: ContainerId): Promise<DeleteInventory> {
    const seen = this.get(actor, id);
    this.access.require(actor, 'containers.delete', seen);
    const inspection = await this.inspection(seen);
    const look = { ...inspection, data: await this.volumes.dataOf(actor, seen) };
    return toDeleteInventory(this.item(actor, id), look, { staff: isStaff(actor) });
  }

  async rename(actor: Actor, id: ContainerId, { name }: RenameContainer): Promise<void> {
    const seen = this.get(actor, id);
    this.access.require(actor, 'containers.rename', seen);
    assertRenamable(seen);
    await this.alone(seen, 'rename', (engine) =>
      this.audit.around(actor, 'containers.rename', toTarget(seen), { from: seen.name, to: name }, () =>
        engine.rename(seen.engineId, name),
      ),
    );
  }

  start(actor: Actor, id: ContainerId): Promise<Container> {
    return this.power(actor, id, 'start', (engine, engineId) => engine.start(engineId));
  }

  stop(actor: Actor, id: ContainerId, { timeoutSeconds }: StopContainer): Promise<Container> {
    return this.power(actor, id, 'stop', (engine, engineId) => engine.stop(engineId, timeoutSeconds));
  }

  restart(actor: Actor, id: ContainerId, { timeoutSeconds }: StopContainer): Promise<Container> {
    return this.power(actor, id, 'restart', (engine, engineId) => engine.restart(engineId, timeoutSeconds));
  }

  pause(actor: Actor, id: ContainerId): Promise<Container> {
    return this.power(actor, id, 'pause', (engine, engineId) => engine.pause(engineId));
  }

  unpause(actor: Actor, id: ContainerId): Promise<Container> {
    return this.power(actor, id, 'unpause', (engine, engineId) => engine.unpause(engineId));
  }

  kill(actor: Actor, id: ContainerId, { signal }: KillContainer): Promise<Container> {
    return this.power(actor, id, 'kill', (engine, engineId) => engine.kill(engineId, signal), { signal });
  }

  get(actor: Actor, id: ContainerId): SeenContainer {
    return this.environments.container(actor, id);
  }

  /** 409 for the one the panel runs in. */
  assertNotOwn(seen: SeenContainer): void {
    assertNotOwn(this.own.is(seen));
  }

  /** The way into a container that runs, for who may; never into the one the panel runs in. */
  enter(actor: Actor, id: ContainerId, capability: Capability): Entry {
    const entry = this.reach(actor, id, capability);
    assertRunning(entry.seen);
    return entry;
  }

  /** The same whether it runs or not. */
  reach(actor: Actor, id: ContainerId, capability: Capability): Entry {
    const seen = this.get(actor, id);
    this.access.require(actor, capability, seen);
    assertOutside(this.own.is(seen));
    this.environments.assertOnline(seen.environmentId);
    return { seen, engine: this.environments.engineOf(seen.environmentId), target: toTarget(seen) };
  }

  private async power(
    actor: Actor,
    id: ContainerId,
    action: PowerAction,
    act: Act,
    details: Record<string, unknown> = {},
  ): Promise<Container> {
    const { capability, endsTheCore } = POWER[action];
    const seen = this.get(actor, id);
    const before = this.item(actor, id);
    this.access.require(actor, capability, seen);
    if (endsTheCore) assertNotOwn(this.own.is(seen));
    const alone = () => this.powerAlone(actor, seen, { action, act, details });
    // A restart starts what is stopped as well.
    await (action === 'start' || action === 'restart' ? this.quotas.wake(id, alone) : alone());
    return this.containers.find(actor, id) ?? toRemoved(before);
  }

  private powerAlone(actor: Actor, seen: SeenContainer, { action, act, details }: PowerWish): Promise<void> {
    return this.alone(seen, action, async (engine) => {
      assertInState(action, seen);
      const work = () => act(engine, seen.engineId);
      await this.audit.around(actor, `containers.${action}`, toTarget(seen), details, () =>
        isAskedToEnd(action, seen, details) ? this.end(actor, seen, action, work) : work(),
      );
    });
  }

  /** One thing at a time, and who comes second is told; afterwards the mirror holds what came of it. */
  async alone(seen: SeenContainer, action: string, work: (engine: Engine) => Promise<void>): Promise<void> {
    const { id, environmentId, engineId } = seen;
    this.assertFree(id);
    this.environments.assertOnline(environmentId);
    this.busy.set(id, action);
    try {
      await work(this.environments.engineOf(environmentId));
      await this.mirrors.refresh(environmentId, engineId).catch(exceptOutage);
    } finally {
      this.busy.delete(id);
    }
  }

  private assertFree(id: ContainerId): void {
    const operationId = this.operations.activeOn(id);
    const action = this.busy.get(id);
    if (operationId !== null || action !== undefined)
      throw conflict('busy', 'Something else is being done to this container. Wait for it to end.', {
        params: { action: action ?? null, operationId },
      });
  }

  /** The exit code that follows is no error. */
  private async end(
    actor: Actor,
    { id }: SeenContainer,
    action: ContainerEndAction,
    work: () => Promise<void>,
  ): Promise<void> {
    this.stops.ask(id, { action, by: { id: actor.userId, displayName: actor.displayName } });
    try {
      await work();
    } catch (error) {
      this.stops.withdraw(id);
      throw error;
    }
  }

  private item(actor: Actor, id: ContainerId): Container {
    const item = this.containers.find(actor, id);
    if (!item) throw notFound('container', id);
    return item;
  }

  async inspection({ environmentId, engineId }: SeenContainer): Promise<EngineInspection> {
    this.environments.assertOnline(environmentId);
    const timeUp = AbortSignal.timeout(INSPECT_WITHIN_MS);
    try {
      return await this.environments.engineOf(environmentId).inspect(engineId, timeUp);
    } catch (error) {
      if (timeUp.aborted) throw engineTimeout('inspect', INSPECT_WITHIN_MS);
      throw error;
    }
  }

  /** What is mounted in it, and which folders are shared with who may see files and not everything. */
  async folders(seen: SeenContainer): Promise<{ shared: readonly string[]; mounts: EngineInspection['mounts'] }> {
    const { workingDir, mounts } = await this.inspection(seen);
    const { workspacesDir } = this.environments.engineOf(seen.environmentId);
    return {
      shared: sharedFolders({ image: seen.image, workingDir, places: ownPlaces(mounts, workspacesDir) }),
      mounts,
    };
  }

  /** Whether it ended, within this time: what is in it is gone a moment before the engine says that it is. */
  async isDown(engine: Engine, engineId: string, withinMs: number): Promise<boolean> {
    try {
      for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
        const { state } = await engine.inspect(engineId);
        if (state !== 'running' && state !== 'paused') return true;
        if (waitedMs >= withinMs) return false;
        await pause(LOOK_MS);
      }
    } catch (error) {
      if (!isAppError(error, 'not_found')) throw error;
      return true;
    }
  }

  /** Undefined while the engine does not answer. */
  async findInspection(seen: SeenContainer): Promise<EngineInspection | undefined> {
    try {
      return await this.inspection(seen);
    } catch (error) {
      return exceptOutage(error);
    }
  }
}

/** That the engine is away is told by the mirror; what was asked before happened. */
function exceptOutage(error: unknown): undefined {
  if (!isOutage(error)) throw error;
}

export const toTarget = ({ id, name, tenantId }: SeenContainer): AuditTarget => ({
  kind: 'container',
  id,
  label: name,
  tenantId,
});
