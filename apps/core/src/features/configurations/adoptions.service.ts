import { Injectable } from '@nestjs/common';
import type { AdoptContainer, Adoption, ContainerId, LookForHolders, PrincipalList } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { onTenant } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { networkName } from '../../foundation/environments/network-plan.rules.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { PortReservationsService } from '../../foundation/operations/port-reservations.service.js';
import { conflict } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { isFoundBy, toChoosableUser } from '../access/choices.rules.js';
import { PrincipalsService } from '../access/principals.service.js';
import { ContainersService, toTarget } from '../containers/containers.service.js';
import { PortAllocatorService } from '../ports/port-allocator.service.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { type Adopted, toAdopted } from './adoption.rules.js';
import { ConfigurationBook } from './configuration-book.service.js';
import { portsBetween, sizesOf, toConfiguration } from './configurations.rules.js';

const MOST_SHOWN = 50;

/** Takes over what was made outside: from then on it is somebody's, counts, and can be changed. It runs on untouched. */
@Injectable()
export class AdoptionsService {
  constructor(
    private readonly access: AccessService,
    private readonly allocator: PortAllocatorService,
    private readonly audit: AuditService,
    private readonly book: ConfigurationBook,
    private readonly containers: ContainersService,
    private readonly environments: EnvironmentsService,
    private readonly ports: PortReservationsService,
    private readonly principals: PrincipalsService,
    private readonly quotas: QuotasService,
    private readonly rows: ContainerRowsService,
    private readonly tenants: TenantsService,
    private readonly users: UsersService,
  ) {}

  async see(actor: Actor, id: ContainerId): Promise<Adoption> {
    const seen = this.get(actor, id);
    const { adopted, unsafe } = await this.look(seen, actor.tenantId);
    const { made, notTakenOver } = adopted;
    return { configuration: toConfiguration(made), notTakenOver, unsafe: [...unsafe] };
  }

  /** Whose it could be: people of the tenants in which one may deploy anything. */
  async owners(actor: Actor, id: ContainerId, { q }: LookForHolders): Promise<PrincipalList> {
    this.get(actor, id);
    const tenants = await this.tenants.all();
    const mine = tenants.filter((tenant) => this.access.allows(actor, 'containers.createAny', onTenant(tenant.id)));
    const people = await Promise.all(
      mine.map(async (tenant) => [...(await this.principals.inTenant(tenant.id)).values()]),
    );
    const found = people
      .flat()
      .filter(({ active, userId }) => active && userId !== actor.userId)
      .map(toChoosableUser)
      .filter((person) => isFoundBy(person, q))
      .sort((one, other) => one.name.localeCompare(other.name));
    return { items: found.slice(0, MOST_SHOWN), more: Math.max(0, found.length - MOST_SHOWN), roles: [] };
  }

  /** 409 for what is not safe to hand to anybody, for what is ours already, and where a port or a quota is in the way. */
  async adopt(actor: Actor, id: ContainerId, { owner: ownerId = actor.userId }: AdoptContainer): Promise<void> {
    const seen = this.get(actor, id);
    const owner = await this.users.get(ownerId);
    this.access.require(actor, 'containers.createAny', onTenant(owner.tenantId));
    const { adopted, unsafe } = await this.look(seen, owner.tenantId);
    if (unsafe.length > 0)
      throw conflict('wrong_state', `${seen.name} reaches more than a container may: ${unsafe.join(', ')}.`, {
        hint: 'Make it anew without that, outside or here, and take that one over.',
        params: { reason: 'unsafe', unsafe },
      });
    const { made, notTakenOver } = adopted;
    const configuration = { name: seen.name, ...sizesOf(made), diskBytes: 0, notTakenOver };
    const { tenantId, displayName: ownerName } = owner;
    await this.rows.adopt(seen.id, { tenantId, ownerId, ownerName, configuration }, async (rows) => {
      await this.quotas.assertFits(rows, { tenantId, projectId: null, ownerId }, { containers: 1, ...sizesOf(made), diskBytes: 0 }); // prettier-ignore
      await this.takePorts(rows, actor, seen, adopted);
      const operationId = newId('op');
      await this.book.write(rows, actor, { containerId: seen.id, operationId, why: 'adopted', made });
      await this.book.apply(rows, operationId);
      await this.audit.record(rows, {
        actor,
        action: 'containers.adopt',
        target: { ...toTarget(seen), tenantId },
        outcome: 'done',
        details: { owner: ownerId, notTakenOver: notTakenOver.map(({ what }) => what) },
      });
    });
  }

  /** Whoever may take over may deploy anything; what nobody took over only staff see. */
  private get(actor: Actor, id: ContainerId): SeenContainer {
    const seen = this.containers.get(actor, id);
    this.access.require(actor, 'containers.createAny', onTenant(seen.tenantId));
    if (seen.managed)
      throw conflict('wrong_state', `${seen.name} is this panel's already.`, { params: { reason: 'adopted' } });
    this.containers.assertNotOwn(seen);
    if (seen.stack !== null)
      throw conflict('wrong_state', `${seen.name} belongs to a stack, whose file says how it is made.`, {
        params: { reason: 'stack', stack: seen.stack },
      });
    return seen;
  }

  private async look(seen: SeenContainer, tenantId: SeenContainer['tenantId']) {
    const inspection = await this.containers.inspection(seen);
    const { info } = this.environments.state(seen.environmentId);
    const host = { memoryBytes: info?.memoryBytes ?? 0, cpus: info?.cpus ?? 1 };
    const network = networkName(await this.tenants.get(tenantId));
    return { adopted: toAdopted(inspection, { network, host }), unsafe: inspection.making.unsafe };
  }

  private async takePorts(rows: EntityManager, actor: Actor, seen: SeenContainer, { made }: Adopted): Promise<void> {
    const { environmentId, id: containerId } = seen;
    const { taken } = portsBetween({ ...made, spec: { ...made.spec, ports: [] } }, made);
    const busy = await this.ports.take(rows, { environmentId, containerId }, taken);
    if (busy)
      throw await this.allocator.conflict(actor, environmentId, { hostPort: busy.port, protocol: busy.protocol });
  }
}
