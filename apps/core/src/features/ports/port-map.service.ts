import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ContainerId, EnvironmentId, ListPorts, PortList, PortUser, UsedPort } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import type { Target } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { PortReservationsService } from '../../foundation/operations/port-reservations.service.js';
import { CONFIG } from '../../kernel/tokens.js';
import { HostPorts } from './host-ports.driver.js';

type Named = Target & { readonly id: ContainerId; readonly name: string };

/** Which port of the host leads where. */
@Injectable()
export class PortMapService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly access: AccessService,
    private readonly environments: EnvironmentsService,
    private readonly hostPorts: HostPorts,
    private readonly mirrors: MirrorsService,
    private readonly reservations: PortReservationsService,
    private readonly rows: ContainerRowsService,
  ) {}

  /** What one may see; asked for one port, whoever has it, as far as one may know. */
  async list(actor: Actor, { port, env }: ListPorts): Promise<PortList> {
    const found: UsedPort[] = [];
    for (const { id } of this.environments.list(actor)) {
      if (env !== undefined && env !== id) continue;
      const used = await this.usedIn(actor, id);
      found.push(
        ...used.filter(({ hostPort, usedBy }) => (port === undefined ? usedBy.id !== null : hostPort === port)),
      );
      if (port !== undefined) found.push(...(await this.foreign(id, port, used)));
    }
    const items = found.sort((one, other) => one.hostPort - other.hostPort || (one.protocol < other.protocol ? -1 : 1));
    return { items, version: createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 16) };
  }

  private async usedIn(actor: Actor, environmentId: EnvironmentId): Promise<UsedPort[]> {
    const published = this.mirrors
      .containers()
      .filter((container) => container.environmentId === environmentId)
      .flatMap((container) =>
        container.ports.map(({ hostPort, protocol, ip, containerPort }): UsedPort => {
          const usedBy = this.userFor(actor, container);
          return { environmentId, hostPort, protocol, ip, state: 'published', containerPort, usedBy };
        }),
      );
    const known = new Set(published.map(keyOf));
    const used = [...published];
    for (const { port: hostPort, protocol, ip, containerId } of await this.reservations.held(environmentId)) {
      if (known.has(keyOf({ hostPort, protocol }))) continue;
      const row = await this.rows.find(containerId);
      const state = row != null && row.removedAt !== null ? 'binned' : 'reserved';
      const usedBy = this.userFor(actor, this.mirrors.container(containerId) ?? row ?? undefined);
      used.push({ environmentId, hostPort, protocol, ip, state, containerPort: null, usedBy });
    }
    return used;
  }

  /** What nothing of ours has and still cannot be had. */
  private async foreign(
    environmentId: EnvironmentId,
    hostPort: number,
    used: readonly UsedPort[],
  ): Promise<UsedPort[]> {
    const ip = this.config.BAILIWICK_PUBLISH_IP;
    const known = new Set(used.map(keyOf));
    const found: UsedPort[] = [];
    for (const protocol of ['tcp', 'udp'] as const) {
      if (known.has(keyOf({ hostPort, protocol })) || (await this.hostPorts.isFree(ip, hostPort, protocol))) continue;
      const usedBy: PortUser = { kind: 'host', id: null, name: null };
      found.push({ environmentId, hostPort, protocol, ip, state: 'foreign', containerPort: null, usedBy });
    }
    return found;
  }

  private userFor(actor: Actor, container: Named | undefined): PortUser {
    return container && this.access.allows(actor, 'containers.see', container)
      ? { kind: 'container', id: container.id, name: container.name }
      : { kind: 'container', id: null, name: null };
  }
}

const keyOf = ({ hostPort, protocol }: Pick<UsedPort, 'hostPort' | 'protocol'>): string => `${protocol}/${hostPort}`;
