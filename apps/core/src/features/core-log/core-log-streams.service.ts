import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { CoreLogEntry, CoreLogMessage, Gone } from '@bailiwick/contract';
import type { WebSocket } from 'ws';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, cameWith } from '../../foundation/access/actor.js';
import { ActorResolver } from '../../foundation/access/actor-resolver.js';
import { Events } from '../../kernel/events.js';
import { CoreLog } from '../../kernel/log/log.js';
import { NO_LONGER_ALLOWED, TRY_AGAIN } from '../events/plain-sockets.service.js';

const HISTORY = 100;
const EVERY_MS = 100;
const MOST_UNSENT_BYTES = 1024 * 1024;

/** The core's own log as it is written, for staff. */
@Injectable()
export class CoreLogStreamsService {
  constructor(
    private readonly access: AccessService,
    private readonly actors: ActorResolver,
    private readonly events: Events,
    private readonly log: CoreLog,
  ) {}

  assertAllowed(actor: Actor): void {
    this.access.require(actor, 'panel.log', null);
  }

  tell(client: WebSocket, { headers }: IncomingMessage, actor: Actor): void {
    const hooks = this.watch(actor, headers, (reason) => client.close(NO_LONGER_ALLOWED, reason));
    let waiting: CoreLogEntry[] = [];
    let timer: NodeJS.Timeout | undefined;
    const flush = () => {
      timer = undefined;
      send(client, { type: 'entries', data: waiting });
      waiting = [];
    };
    send(client, { type: 'history', data: this.log.history(HISTORY) });
    hooks.push(
      this.log.onEntry((entry) => {
        waiting.push(entry);
        timer ??= setTimeout(flush, EVERY_MS);
      }),
    );
    client.once('close', () => {
      clearTimeout(timer);
      for (const unhook of hooks) unhook();
    });
  }

  /** Whatever ends a session says so; other changes of rights are looked at anew. */
  private watch(actor: Actor, headers: IncomingMessage['headers'], end: (reason: Gone['reason']) => void) {
    const checkAnew = async () => {
      const now = await this.actors.fromHeaders(headers);
      if (!now) end('signed_out');
      else if (!this.access.allows(now, 'panel.log', null)) end('rights_changed');
    };
    return [
      this.events.on('session.ended', ({ sessionId }) => {
        if (cameWith(actor, sessionId)) end('signed_out');
      }),
      this.events.on('token.ended', ({ tokenId }) => {
        if (cameWith(actor, tokenId)) end('signed_out');
      }),
      this.events.on('viewing.changed', ({ sessionId }) => {
        if (cameWith(actor, sessionId)) end('rights_changed');
      }),
      this.events.on('rights.changed', ({ userId }) => {
        if (userId !== actor.userId) return;
        checkAnew().catch((error: unknown) => {
          this.log.for('core-log').error({ err: error }, 'Rights could not be asked; what was open is closed');
          end('rights_changed');
        });
      }),
    ];
  }
}

/** Whoever does not read starts anew with the history. */
function send(client: WebSocket, message: CoreLogMessage): void {
  if (client.readyState !== client.OPEN) return;
  if (client.bufferedAmount > MOST_UNSENT_BYTES) client.close(TRY_AGAIN, 'slow_reader');
  else client.send(JSON.stringify(message));
}
