import { Injectable } from '@nestjs/common';
import type { Channel, ChannelId, ChannelList, ChannelTest, CreateChannel, UpdateChannel } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import { ChannelWork } from './channel-work.service.js';

/** By what people are told of alerts. The installation sends in its own name, so staff says where. */
@Injectable()
export class ChannelsService {
  constructor(
    private readonly access: AccessService,
    private readonly stepUp: StepUpService,
    private readonly work: ChannelWork,
  ) {}

  async list(actor: Actor): Promise<ChannelList> {
    this.access.require(actor, 'settings.see', null);
    return this.work.list(null);
  }

  create(actor: Actor, wanted: CreateChannel): Promise<Channel> {
    this.assertMayChange(actor);
    return this.work.create(actor, null, wanted);
  }

  update(actor: Actor, id: ChannelId, wanted: UpdateChannel): Promise<Channel> {
    this.assertMayChange(actor);
    return this.work.update(actor, null, id, wanted);
  }

  delete(actor: Actor, id: ChannelId): Promise<void> {
    this.assertMayChange(actor);
    return this.work.delete(actor, null, id);
  }

  async test(actor: Actor, id: ChannelId): Promise<ChannelTest> {
    this.assertMayChange(actor);
    return this.work.test(actor, null, id);
  }

  private assertMayChange(actor: Actor): void {
    this.access.require(actor, 'settings.update', null);
    this.stepUp.assertProved(actor);
  }
}
