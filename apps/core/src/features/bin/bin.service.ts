import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  BinItem,
  BinList,
  ContainerId,
  Operation,
  OperationId,
  PurgeContainer,
  RestoreContainer,
} from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { onTenant } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { keptSince } from '../../foundation/environments/bin-time.rules.js';
import type { ContainerRow } from '../../foundation/environments/container.entity.js';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { KeptLogFolders } from '../../foundation/environments/kept-log-folders.driver.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { signedNameOf } from '../../foundation/environments/signed-name.rules.js';
import { VolumeRowsService } from '../../foundation/environments/volume-rows.service.js';
import { isWorkspace, WORKSPACE } from '../../foundation/environments/workspace-name.rules.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import type { OperationDefinition } from '../../foundation/operations/operation.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { PortReservationsService } from '../../foundation/operations/port-reservations.service.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { conflict, notFound } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { assertRemakable } from '../configurations/adoption.rules.js';
import { ConfigurationBook, type Entry } from '../configurations/configuration-book.service.js';
import { portsBetween, sizesOf } from '../configurations/configurations.rules.js';
import { ContainerMaking } from '../configurations/container-making.service.js';
import { PortAllocatorService } from '../ports/port-allocator.service.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { VolumeDataService } from '../volumes/volume-data.service.js';
import { volumeInUse } from '../volumes/volumes.rules.js';
import { assertTyped, diskBytesOf, stateOf, toBinItem } from './bin.rules.js';
import { restoreContainer, RestorePlan } from './restore-container.operation.js';

interface Binned {
  readonly row: ContainerRow;
  readonly made: Entry;
}

/** Containers that were deleted: kept for a week as they were made, to be brought back. */
@Injectable()
export class BinService implements OnModuleInit {
  private readonly restoring: OperationDefinition<RestorePlan>;

  constructor(
    private readonly access: AccessService,
    private readonly allocator: PortAllocatorService,
    private readonly audit: AuditService,
    private readonly book: ConfigurationBook,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly environments: EnvironmentsService,
    private readonly keptLogs: KeptLogFolders,
    private readonly operations: OperationsService,
    private readonly ports: PortReservationsService,
    private readonly quotas: QuotasService,
    private readonly rows: ContainerRowsService,
    private readonly stepUp: StepUpService,
    private readonly volumes: VolumeRowsService,
    data: VolumeDataService,
    making: ContainerMaking,
    mirrors: MirrorsService,
  ) {
    this.restoring = restoreContainer({ book, data, making, mirrors, ports, rows, volumes });
  }

  onModuleInit(): void {
    this.operations.register(this.restoring, (actor, { row }, key) => {
      const { containerId, request } = RestorePlan.parse(row.input);
      return this.restore(actor, containerId, request, key);
    });
  }

  /** What somebody could have deleted they may bring back. */
  async list(actor: Actor): Promise<BinList> {
    const gone = await this.rows.removedSince(keptSince(this.clock.now()));
    const rows = gone.filter((row) => this.access.allows(actor, 'containers.delete', row));
    const specs = await this.book.specsOf(rows.map(({ id }) => id));
    const names = [...specs.values()].flatMap(({ volumes }) => volumes.map(({ name }) => name));
    const volumes = await this.volumes.named(names);
    const items = rows.flatMap((row): BinItem[] => {
      const spec = specs.get(row.id);
      return spec ? [toBinItem(actor, { row, spec, volumes })] : [];
    });
    return { items, version: createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 16) };
  }

  async restore(actor: Actor, id: ContainerId, request: RestoreContainer, key?: string): Promise<Operation> {
    const binned = await this.get(actor, id);
    this.access.require(actor, 'containers.create', null);
    const { row, made } = binned;
    if (made.spec.binds) this.access.require(actor, 'containers.bindHost', null);
    if (made.spec.gpus !== undefined) this.access.require(actor, 'containers.useGpu', onTenant(row.tenantId));
    const name = request.name ?? row.name;
    assertRemakable(row.name, row.configuration);
    this.environments.assertOnline(row.environmentId);
    const wanted = made.spec.ports.map((port) => ({ ...port, hostPort: request.anyPorts ? null : port.hostPort }));
    const holder = { containerId: id, environmentId: row.environmentId };
    const chosen = await this.allocator.change(actor, holder, wanted, []);
    const ports = chosen.map(({ ip, hostPort, containerPort, protocol }) => ({
      ip,
      hostPort,
      containerPort,
      protocol,
    }));
    const anew = { spec: { ...made.spec, ports }, env: made.env };
    const plan: RestorePlan = {
      containerId: id,
      name,
      signed: { name: signedNameOf(row), preset: row.preset },
      before: { name: row.name, removedAt: row.removedAt ?? this.clock.now() },
      owner: { id: row.ownerId, name: row.ownerName },
      request,
    };
    const about = { tenantId: row.tenantId, environmentId: row.environmentId, containerId: id, ownerId: row.ownerId };
    return this.operations.start(
      actor,
      this.restoring,
      { input: plan, ...about, label: name },
      {
        idempotencyKey: key,
        reserve: async (inside, operationId) => {
          await this.claim(inside, binned, name);
          await this.takePorts(inside, actor, row, anew);
          await this.claimVolumes(inside, binned, { operationId, containerName: name });
          await this.book.write(inside, actor, { containerId: id, operationId, why: 'restored', made: anew });
        },
      },
    );
  }

  /** How it was made is forgotten for good; the data that was kept stays where it is. */
  async purge(actor: Actor, id: ContainerId, { confirmName }: PurgeContainer): Promise<void> {
    const { row } = await this.get(actor, id);
    assertTyped(confirmName, row.name);
    this.stepUp.assertProved(actor);
    await this.database.transaction(async (inside) => {
      await this.book.purge(inside, [id]);
      await this.ports.release(inside, id);
      const target = { kind: 'container', id, label: row.name, tenantId: row.tenantId };
      await this.audit.record(inside, { actor, action: 'containers.purge', target, outcome: 'done', details: {} });
    });
    await this.keptLogs.remove(id);
  }

  private async get(actor: Actor, id: ContainerId): Promise<Binned> {
    const row = await this.rows.find(id);
    const isKept = row?.removedAt != null && row.removedAt > keptSince(this.clock.now());
    if (!row || !isKept || !this.access.allows(actor, 'containers.delete', row)) throw notFound('container', id);
    const made = await this.book.findApplied(id);
    if (!made) throw notFound('container', id);
    return { row, made };
  }

  /** Its place among those that count, before anything is made. */
  private async claim(inside: EntityManager, { row, made }: Binned, name: string): Promise<void> {
    const wanted = { containers: 1, ...sizesOf(made), diskBytes: diskBytesOf(row) };
    await this.quotas.assertFits(inside, row, wanted);
    if (await this.rows.isNameHeld(inside, row.environmentId, name))
      throw conflict('name_taken', `There is a container ${name} already.`, {
        hint: 'Bring it back under another name.',
        params: { name },
      });
    await this.rows.revive(inside, row.id, name);
  }

  private async takePorts(inside: EntityManager, actor: Actor, row: ContainerRow, made: Pick<Entry, 'spec' | 'env'>) {
    // One that was taken from its engine past the panel holds them still.
    await this.ports.release(inside, row.id);
    const { taken } = portsBetween({ spec: { ...made.spec, ports: [] }, env: {} }, made);
    const busy = await this.ports.take(inside, { environmentId: row.environmentId, containerId: row.id }, taken);
    if (busy)
      throw await this.allocator.conflict(actor, row.environmentId, { hostPort: busy.port, protocol: busy.protocol });
  }

  /** Its own data, where it is kept; where that was deleted an empty volume, made as at the first time. */
  private async claimVolumes(
    inside: EntityManager,
    { row, made }: Binned,
    { operationId, containerName }: { operationId: OperationId; containerName: string },
  ): Promise<void> {
    const kept = await this.volumes.named(made.spec.volumes.map(({ name }) => name));
    for (const { name, target } of made.spec.volumes) {
      const volume = kept.find((one) => one.name === name && one.environmentId === row.environmentId);
      if (volume) {
        const isTheirs = stateOf(volume, row) === 'kept' && (await this.volumes.claim(inside, volume.id, row.id));
        if (!isTheirs) throw volumeInUse(name);
        continue;
      }
      const { tenantId, environmentId, ownerId, ownerName } = row;
      const label = isWorkspace(name) ? WORKSPACE : (name.split('_').at(-1) ?? name);
      const anew = {
        id: newId('vol'),
        tenantId,
        environmentId,
        name,
        label,
        target,
        containerId: row.id,
        containerName,
      };
      await this.volumes.reserve(inside, { ...anew, ownerId, ownerName, operationId });
    }
  }
}
