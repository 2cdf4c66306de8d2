import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { CoreLogEntry, CoreLogMessage } from '@bailiwick/contract';
import type { WebSocket } from 'ws';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { CoreLog } from '../../kernel/log/log.js';
import { StreamRightsService } from '../live/stream-rights.service.js';
import { NO_LONGER_ALLOWED, sendOrClose } from '../events/plain-sockets.service.js';

const HISTORY = 100;
const EVERY_MS = 100;

/** The core's own log as it is written, for staff. */
@Injectable()
export class CoreLogStreamsService {
  constructor(
    private readonly access: AccessService,
    private readonly rights: StreamRightsService,
    private readonly log: CoreLog,
  ) {}

  assertAllowed(actor: Actor): void {
    this.access.require(actor, 'panel.log', null);
  }

  tell(client: WebSocket, { headers }: IncomingMessage, actor: Actor): void {
    const stopWatching = this.rights.watchOverall({
      actor,
      credentials: headers,
      capability: 'panel.log',
      onEnd: (reason) => client.close(NO_LONGER_ALLOWED, reason),
    });
    let waiting: CoreLogEntry[] = [];
    let timer: NodeJS.Timeout | undefined;
    const flush = () => {
      timer = undefined;
      send(client, { type: 'entries', data: waiting });
      waiting = [];
    };
    send(client, { type: 'history', data: this.log.history(HISTORY) });
    const stopListening = this.log.onEntry((entry) => {
      waiting.push(entry);
      timer ??= setTimeout(flush, EVERY_MS);
    });
    client.once('close', () => {
      clearTimeout(timer);
      stopWatching();
      stopListening();
    });
  }
}

/** Whoever does not read starts anew with the history. */
const send = (client: WebSocket, message: CoreLogMessage): void => sendOrClose(client, message);
