import { Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  BulkAction,
  BulkContainers,
  Container,
  ContainerId,
  DeleteContainer,
  Operation,
} from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { VolumeRowsService } from '../../foundation/environments/volume-rows.service.js';
import type { OperationDefinition } from '../../foundation/operations/operation.js';
import { toOperationError } from '../../foundation/operations/operation.rules.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { scopeOf } from '../../foundation/operations/starter-scope.js';
import { StartersService } from '../../foundation/operations/starters.service.js';
import { Database } from '../../kernel/database/database.js';
import { conflict, isAppError } from '../../kernel/errors.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { type BulkAct, bulkContainers, type BulkItem, BulkPlan } from './bulk-containers.operation.js';
import { ContainerRemovalService } from './container-removal.service.js';
import { assertDeletable, isAlready, namesInShort } from './container-operations.rules.js';
import { assertNotOwn, capabilityOf } from './containers.rules.js';
import { ContainersService } from './containers.service.js';
import { deleteContainer, DeletePlan } from './delete-container.operation.js';
import { OwnContainer } from './own-container.driver.js';
import { VolumeDataService } from '../volumes/volume-data.service.js';
import { VolumesService } from '../volumes/volumes.service.js';

type Force = Pick<DeleteContainer, 'force'>;
type Power = Exclude<BulkAction, 'delete'>;

const STOP_SECONDS = 10;
const CANCELLED = conflict('cancelled', 'This was cancelled before its turn came.');

/** What takes longer than a request: deleting, and doing one thing to many. */
@Injectable()
export class ContainerOperations implements OnModuleInit {
  private readonly log: Log;
  private readonly deletion: OperationDefinition<DeletePlan>;
  private readonly bulkWork: OperationDefinition<BulkPlan>;

  constructor(
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly containers: ContainersService,
    private readonly database: Database,
    private readonly environments: EnvironmentsService,
    private readonly mirrors: MirrorsService,
    private readonly operations: OperationsService,
    private readonly own: OwnContainer,
    private readonly removal: ContainerRemovalService,
    private readonly starters: StartersService,
    private readonly volumes: VolumesService,
    data: VolumeDataService,
    volumeRows: VolumeRowsService,
    log: CoreLog,
  ) {
    this.log = log.for('containers');
    this.deletion = deleteContainer({ removal, data, volumes: volumeRows });
    this.bulkWork = bulkContainers((item, circumstances) => this.act(item, circumstances));
  }

  onModuleInit(): void {
    this.operations.register(this.deletion, async (actor, { row }, key) => {
      const { containerId, force, volumeIds } = DeletePlan.parse(row.input);
      // The name was typed then; that it is really them is asked again.
      const wish = { force, deleteData: volumeIds.length > 0, confirmName: row.targetLabel };
      return this.delete(actor, containerId, wish, key);
    });
    this.operations.register(this.bulkWork, async (actor, { row }, key) =>
      this.bulk(actor, BulkPlan.parse(row.input), key),
    );
  }

  async delete(
    actor: Actor,
    id: ContainerId,
    { force, deleteData, confirmName }: DeleteContainer,
    idempotencyKey?: string,
  ): Promise<Operation> {
    const seen = this.containers.get(actor, id);
    this.assertDeletable(actor, seen, { force });
    const volumes = deleteData ? await this.volumes.assertDeletableWith(actor, seen, confirmName) : [];
    return this.operations.start(
      actor,
      this.deletion,
      {
        input: {
          containerId: id,
          engineId: seen.engineId,
          force,
          volumeIds: volumes.map((volume) => volume.id),
          unnamed: await this.removal.unnamedOf(seen),
        },
        tenantId: seen.tenantId,
        environmentId: seen.environmentId,
        containerId: id,
        ownerId: seen.ownerId,
        label: seen.name,
      },
      { idempotencyKey, reserve: (rows, operationId) => this.volumes.condemn(rows, volumes, operationId) },
    );
  }

  /** Rights are asked per item, when its turn comes: what one may not do answers so, the others go on. */
  async bulk(actor: Actor, { action, ids, force }: BulkContainers, idempotencyKey?: string): Promise<Operation> {
    this.access.requireEver(actor, capabilityOf(action));
    const unique = [...new Set(ids)];
    const visible = unique.flatMap((id) => this.find(actor, id) ?? []);
    return this.operations.start(
      actor,
      this.bulkWork,
      {
        input: {
          action,
          ids: unique,
          force,
          scope: scopeOf(actor),
        },
        tenantId: actor.tenantId,
        environmentId: visible[0]?.environmentId ?? null,
        containerId: null,
        label: namesInShort(visible.map(({ name }) => name)),
      },
      { idempotencyKey },
    );
  }

  private readonly act: BulkAct = async ({ id, action, force }, { starter, scope, repeated, signal }) => {
    const actor = await this.starters.actor(starter.actorId, { ...starter, scope });
    const seen = this.find(actor, id);
    const answer = (error: unknown): BulkItem => ({ id, name: seen?.name ?? null, ok: false, error: this.tell(error) });
    try {
      if (signal.aborted) throw CANCELLED;
      // Taken up after a restart: what is as it was asked to be has been done.
      if (!(repeated && isAlready(action, seen))) await this.actOne(actor, id, action, { force });
      return { id, name: seen?.name ?? null, ok: true, error: null };
    } catch (error) {
      return answer(error);
    }
  };

  private async actOne(actor: Actor, id: ContainerId, action: BulkAction, { force }: Force): Promise<void> {
    if (action === 'delete') return this.deleteNow(actor, id, { force });
    const power: Record<Power, () => Promise<Container>> = {
      start: () => this.containers.start(actor, id),
      stop: () => this.containers.stop(actor, id, { timeoutSeconds: STOP_SECONDS }),
      restart: () => this.containers.restart(actor, id, { timeoutSeconds: STOP_SECONDS }),
      pause: () => this.containers.pause(actor, id),
      unpause: () => this.containers.unpause(actor, id),
      kill: () => this.containers.kill(actor, id, { signal: 'SIGKILL' }),
    };
    await power[action]();
  }

  /** As one item of many: it must not wait for a turn of its own. */
  private async deleteNow(actor: Actor, id: ContainerId, { force }: Force): Promise<void> {
    const seen = this.containers.get(actor, id);
    this.assertDeletable(actor, seen, { force });
    const operationId = this.operations.activeOn(id);
    if (operationId)
      throw conflict('busy', 'Something else is being done to this container. Wait for it to end.', {
        params: { operationId },
      });
    const target = { kind: 'container', id, label: seen.name, tenantId: seen.tenantId };
    await this.audit.around(actor, 'containers.delete', target, { force }, async () => {
      await this.removal.remove(seen, { force, unnamed: await this.removal.unnamedOf(seen) });
      await this.database.transaction((rows) => this.removal.forget(rows, id));
    });
  }

  private assertDeletable(actor: Actor, seen: SeenContainer, { force }: Force): void {
    this.access.require(actor, 'containers.delete', seen);
    assertNotOwn(this.own.is(seen));
    assertDeletable(seen, { force });
    this.environments.assertOnline(seen.environmentId);
  }

  private find(actor: Actor, id: ContainerId): SeenContainer | undefined {
    const seen = this.mirrors.container(id);
    return seen && this.access.allows(actor, 'containers.see', seen) ? seen : undefined;
  }

  private tell(error: unknown): BulkItem['error'] {
    if (!isAppError(error)) this.log.error({ err: error }, 'One of many containers could not be dealt with');
    const { code, message, params } = toOperationError(error);
    return { code, message, ...(params ? { params } : {}) };
  }
}
