import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ApplyConfiguration, ContainerId, Operation } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../foundation/access/actor.js';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { isOwnName } from '../../foundation/environments/docker-spec.rules.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { signedNameOf } from '../../foundation/environments/signed-name.rules.js';
import type { OperationDefinition } from '../../foundation/operations/operation.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import type { StoredOperation } from '../../foundation/operations/operations.store.js';
import { PortReservationsService } from '../../foundation/operations/port-reservations.service.js';
import { conflict, notFound } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { ContainersService } from '../containers/containers.service.js';
import { PortAllocatorService } from '../ports/port-allocator.service.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { assertRemakable, notTakenOverIn } from './adoption.rules.js';
import { ChangeRecords } from './change-records.service.js';
import { ConfigurationBook } from './configuration-book.service.js';
import type { Aim } from './configuration-targets.service.js';
import { cannotRunTogether, growth, largerOf, portsBetween, sizesOf } from './configurations.rules.js';
import { ContainerMaking } from './container-making.service.js';
import { remakeOperation } from './remake.operation.js';
import { type Change, RemakePlan, UpdatePlan } from './remake-plan.js';
import { updateOperation } from './update.operation.js';

type Again = (
  actor: Actor,
  id: ContainerId,
  request: ApplyConfiguration,
  key: string | undefined,
) => Promise<Operation>;

interface Wanted {
  readonly aim: Aim;
  readonly request: ApplyConfiguration;
  readonly idempotencyKey: string | undefined;
}

/** Where containers of all sorts meet; none of ours does. */
const DEFAULT_NETWORK = 'bridge';
/** The engine names a volume nobody named by 64 hexadecimal digits. */
const ANONYMOUS = /^[0-9a-f]{64}$/;

/** Accepts changes of containers: one transaction takes quota, ports and a page of the book, or nothing. */
@Injectable()
export class ChangesService implements OnModuleInit {
  private readonly updating: OperationDefinition<UpdatePlan>;
  private readonly remaking: OperationDefinition<RemakePlan>;
  private again: Again | undefined;

  constructor(
    private readonly allocator: PortAllocatorService,
    private readonly book: ConfigurationBook,
    private readonly containers: ContainersService,
    private readonly environments: EnvironmentsService,
    private readonly events: Events,
    private readonly operations: OperationsService,
    private readonly ports: PortReservationsService,
    private readonly quotas: QuotasService,
    private readonly rows: ContainerRowsService,
    mirrors: MirrorsService,
    records: ChangeRecords,
    making: ContainerMaking,
  ) {
    this.updating = updateOperation({ environments, mirrors, book, records });
    this.remaking = remakeOperation({ environments, mirrors, rows, book, records, making });
  }

  onModuleInit(): void {
    const retry = (actor: Actor, { row }: StoredOperation, key: string | undefined) => {
      const { containerId, request } = (row.name === this.updating.name ? UpdatePlan : RemakePlan).parse(row.input);
      if (!this.again) throw new Error('Nobody applies changes.');
      return this.again(actor, containerId, request, key);
    };
    this.operations.register(this.updating, retry);
    this.operations.register(this.remaking, retry);
    // One that left something behind ends without settling: its name is the engine's again.
    this.events.on('operation.changed', () => {
      for (const id of this.rows.remadeNow()) if (this.operations.activeOn(id) === null) this.rows.letGo(id);
    });
  }

  /** How a change that failed is asked for again. */
  onRetry(again: Again): void {
    this.again = again;
  }

  /** On the container as it is. */
  async update(actor: Actor, seen: SeenContainer, wanted: Wanted): Promise<Operation> {
    this.environments.assertOnline(seen.environmentId);
    const change = toChange(seen, wanted);
    const plan = { ...change, name: seen.name, engineId: seen.engineId, from: wanted.aim.before.number };
    return this.start(actor, seen, { ...wanted, definition: this.updating, plan });
  }

  /** Beside the one that runs; 409 where that one is paused, or is the panel's own. */
  async remake(actor: Actor, seen: SeenContainer, wanted: Wanted): Promise<Operation> {
    this.containers.assertNotOwn(seen);
    if (seen.state === 'paused')
      throw conflict('wrong_state', `${seen.name} is paused. Resume it first.`, {
        params: { action: 'recreate', state: seen.state },
      });
    const row = await this.rows.find(seen.id);
    if (!row) throw notFound('container', seen.id);
    assertRemakable(seen.name, row.configuration);
    const { mounts, networks } = await this.containers.inspection(seen);
    const { before, after } = wanted.aim;
    const targets = new Set(after.spec.volumes.map(({ target }) => target));
    const plan: RemakePlan = {
      ...toChange(seen, wanted),
      name: seen.name,
      signed: { name: signedNameOf(row), preset: row.preset },
      oldEngineId: seen.engineId,
      wasRunning: seen.state === 'running' || seen.state === 'restarting',
      exclusive: cannotRunTogether(before.spec, after.spec),
      anonymous: mounts.flatMap(({ type, name, target }) =>
        type === 'volume' && name !== null && ANONYMOUS.test(name) && !targets.has(target) ? [{ name, target }] : [],
      ),
      networks: networks.filter((network) => !isOwnName(network) && network !== DEFAULT_NETWORK),
      // Made anew it is all ours, and nothing is missing from then on.
      ...(notTakenOverIn(row.configuration).length > 0 ? { deployed: { notTakenOver: null } } : {}),
    };
    return this.start(actor, seen, { ...wanted, definition: this.remaking, plan });
  }

  private start<Plan extends Change>(
    actor: Actor,
    seen: SeenContainer,
    { aim, idempotencyKey, definition, plan }: Wanted & { definition: OperationDefinition<Plan>; plan: Plan },
  ): Promise<Operation> {
    const { id: containerId, tenantId, environmentId, ownerId, name: label } = seen;
    const request = { input: plan, tenantId, environmentId, containerId, ownerId, label };
    return this.operations.start(actor, definition, request, {
      idempotencyKey,
      reserve: async (rows, operationId) => {
        await this.quotas.assertFits(rows, seen, growth(aim.before, aim.after));
        await this.rows.reconfigure(rows, containerId, largerOf(plan.sizes.before, plan.sizes.after));
        await this.takePorts(rows, actor, seen, aim);
        await this.book.write(rows, actor, { containerId, operationId, why: wantedWhy(aim, plan), made: aim.after });
      },
    });
  }

  /** Looked at before, and taken only here: of two who want one port the second is told. */
  private async takePorts(
    rows: EntityManager,
    actor: Actor,
    seen: SeenContainer,
    { before, after }: Aim,
  ): Promise<void> {
    const { environmentId, id: containerId } = seen;
    const { taken } = portsBetween(before, after);
    const busy = await this.ports.take(rows, { environmentId, containerId }, taken);
    if (busy)
      throw await this.allocator.conflict(actor, environmentId, { hostPort: busy.port, protocol: busy.protocol });
  }
}

const wantedWhy = ({ why, fields }: Aim, { request }: Change): Aim['why'] =>
  request.remake && fields.length === 0 ? 'remade' : why;

const toChange = ({ id: containerId }: SeenContainer, { aim, request }: Wanted): Change => ({
  containerId,
  savedAt: aim.savedAt,
  sizes: { before: sizesOf(aim.before), after: sizesOf(aim.after) },
  ports: portsBetween(aim.before, aim.after),
  request,
  deployed: aim.deployed ?? null,
});
