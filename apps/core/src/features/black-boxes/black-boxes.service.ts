import { Injectable } from '@nestjs/common';
import type { AlertId, BlackBox, Capability, ContainerId } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Target } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { AlertsService } from '../alerts/alerts.service.js';
import { toBlackBox } from './black-boxes.rules.js';
import { BlackBoxesStore } from './black-boxes.store.js';

/** What is kept of ends that nobody asked for, as far as each reader may see it. */
@Injectable()
export class BlackBoxesService {
  constructor(
    private readonly access: AccessService,
    private readonly alerts: AlertsService,
    private readonly environments: EnvironmentsService,
    private readonly mirrors: MirrorsService,
    private readonly store: BlackBoxesStore,
  ) {}

  /** Of one alert, whose container may be gone. */
  async ofAlert(actor: Actor, id: AlertId): Promise<BlackBox[]> {
    const { containerId } = await this.alerts.get(actor, id);
    const target = containerId && (this.mirrors.container(containerId) ?? this.mirrors.awaited(containerId));
    const may = this.mayOn(actor, target ?? null);
    return (await this.store.ofAlert(id)).map((row) => toBlackBox(row, may));
  }

  async ofContainer(actor: Actor, id: ContainerId): Promise<BlackBox[]> {
    const container = this.environments.container(actor, id);
    this.access.require(actor, 'containers.see', container);
    return (await this.store.ofContainer(id)).map((row) => toBlackBox(row, this.mayOn(actor, container)));
  }

  /** Of what is no more, staff see everything. */
  private mayOn(actor: Actor, target: Target | null): (capability: Capability) => boolean {
    return (capability) =>
      target ? this.access.allows(actor, capability, target) : this.access.allows(actor, 'settings.see', null);
  }
}
