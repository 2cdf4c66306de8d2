import { Injectable } from '@nestjs/common';
import type { ContainerId, LogTriggerList } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { StreamRightsService } from '../live/stream-rights.service.js';
import { PresetsService } from '../presets/presets.service.js';

/** What the preset of a container finds worth telling in its log; whoever shows the log looks for it. */
@Injectable()
export class LogTriggersService {
  constructor(
    private readonly presets: PresetsService,
    private readonly rights: StreamRightsService,
  ) {}

  async see(actor: Actor, id: ContainerId): Promise<LogTriggerList> {
    const { preset: name } = this.rights.get(actor, id, 'containers.logs');
    const current = name === null ? undefined : await this.presets.findCurrent(name);
    return { items: current?.preset.logTriggers ?? [], version: current?.digest ?? '' };
  }
}
