import { Injectable } from '@nestjs/common';
import type {
  Capability,
  Channel,
  ChannelId,
  ChannelList,
  ChannelTest,
  CreateTenantChannel,
  TenantId,
  UpdateTenantChannel,
} from '@bailiwick/contract';
import { onTenant } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { notFound } from '../../kernel/errors.js';
import { ChannelWork } from './channel-work.service.js';

const MANAGES: Capability = 'tenants.update';
/** Whoever has alerts told may see all that they tell. */
const HEARS: readonly Capability[] = ['containers.see', 'containers.stats', 'operations.see'];

/** The channels a tenant sets up itself: they tell of its things and of nothing else. */
@Injectable()
export class TenantChannelsService {
  constructor(
    private readonly access: AccessService,
    private readonly stepUp: StepUpService,
    private readonly tenants: TenantsService,
    private readonly work: ChannelWork,
  ) {}

  async list(actor: Actor, slugOrId: string): Promise<ChannelList> {
    return this.work.list(await this.ground(actor, slugOrId));
  }

  async create(actor: Actor, slugOrId: string, wanted: CreateTenantChannel): Promise<Channel> {
    const tenant = await this.toChange(actor, slugOrId);
    return this.work.create(actor, tenant, { ...wanted, tenant });
  }

  async update(actor: Actor, slugOrId: string, id: ChannelId, wanted: UpdateTenantChannel): Promise<Channel> {
    const tenant = await this.toChange(actor, slugOrId);
    return this.work.update(actor, tenant, id, { ...wanted, tenant });
  }

  async delete(actor: Actor, slugOrId: string, id: ChannelId): Promise<void> {
    await this.work.delete(actor, await this.toChange(actor, slugOrId), id);
  }

  async test(actor: Actor, slugOrId: string, id: ChannelId): Promise<ChannelTest> {
    return this.work.test(actor, await this.toChange(actor, slugOrId), id);
  }

  private async toChange(actor: Actor, slugOrId: string): Promise<TenantId> {
    const tenant = await this.ground(actor, slugOrId);
    this.stepUp.assertProved(actor);
    return tenant;
  }

  private async ground(actor: Actor, slugOrId: string): Promise<TenantId> {
    this.access.requireEver(actor, MANAGES);
    const tenant = await this.tenants.find(slugOrId);
    if (!tenant || !(isStaff(actor) || tenant.id === actor.tenantId)) throw notFound('tenant', slugOrId);
    this.access.requireAll(actor, [MANAGES, ...HEARS], onTenant(tenant.id));
    return tenant.id;
  }
}
