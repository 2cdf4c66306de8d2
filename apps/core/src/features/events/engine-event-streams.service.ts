import { Injectable } from '@nestjs/common';
import type { EngineEventFrame } from '@bailiwick/contract';
import type { WebSocket } from 'ws';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { ActorResolver } from '../../foundation/access/actor-resolver.js';
import { Events } from '../../kernel/events.js';
import { EngineEventsService } from '../engine-events/engine-events.service.js';
import { StreamRightsService } from '../live/stream-rights.service.js';
import { NO_LONGER_ALLOWED, sendOrClose } from './plain-sockets.service.js';

/** What the engines tell of containers, as it happens, to each who may see the container. */
@Injectable()
export class EngineEventStreamsService {
  constructor(
    private readonly access: AccessService,
    private readonly actors: ActorResolver,
    private readonly rights: StreamRightsService,
    private readonly engineEvents: EngineEventsService,
    private readonly events: Events,
  ) {}

  async tell(client: WebSocket, actor: Actor): Promise<void> {
    this.access.requireEver(actor, 'containers.see');
    const stopWatching = this.rights.watchRights({
      actor,
      onEnd: (reason) => {
        stopTelling();
        client.close(NO_LONGER_ALLOWED, reason);
      },
    });
    const stopTelling = this.events.on('engine.event', (note) => {
      if (!this.engineEvents.isVisible(actor, note)) return;
      const { type, container } = note;
      const frame: EngineEventFrame = { type, data: { id: container.id, name: container.name } };
      sendOrClose(client, frame);
    });
    client.once('close', () => {
      stopWatching();
      stopTelling();
    });
    // A change of rights before this began to watch for them shows here.
    if (!(await this.actors.isCurrent(actor))) client.close(NO_LONGER_ALLOWED, 'rights_changed');
  }
}
