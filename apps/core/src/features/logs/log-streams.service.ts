import type { IncomingMessage } from 'node:http';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type LogStreamMessage, StreamLogs } from '@bailiwick/contract';
import type { WebSocket } from 'ws';
import type { Actor } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { toAppError } from '../../kernel/http/error-envelope.js';
import { CoreLogStreamsService } from '../core-log/core-log-streams.service.js';
import { FAILED, NO_LONGER_ALLOWED, PlainSocketsService } from '../events/plain-sockets.service.js';
import { SocketGateService } from '../live/socket-gate.service.js';
import { LogFollowService } from './log-follow.service.js';
import type { LogReader, LogSink } from './log-reader.service.js';
import { StreamRightsService } from '../live/stream-rights.service.js';

const PATH = '/api/v1/logs/stream';
const OVER = 1000;

/** A log for programs that speak plain WebSocket, a container's or the core's: first the history, then what comes. */
@Injectable()
export class LogStreamsService implements OnModuleInit {
  constructor(
    private readonly gate: SocketGateService,
    private readonly sockets: PlainSocketsService,
    private readonly rights: StreamRightsService,
    private readonly environments: EnvironmentsService,
    private readonly follows: LogFollowService,
    private readonly coreLogs: CoreLogStreamsService,
  ) {}

  onModuleInit(): void {
    this.gate.serve(PATH, (request, socket, head, actor) => {
      const { container: id, ...asked } = this.sockets.query(StreamLogs, request);
      if (id === undefined) {
        this.coreLogs.assertAllowed(actor);
        return this.sockets.accept(request, socket, head, async (client) => this.coreLogs.tell(client, request, actor));
      }
      const container = this.rights.get(actor, id, 'containers.logs');
      this.environments.assertOnline(container.environmentId);
      this.sockets.accept(request, socket, head, (client) => this.tell(client, request, actor, container, asked));
    });
  }

  private async tell(
    client: WebSocket,
    { headers }: IncomingMessage,
    actor: Actor,
    container: SeenContainer,
    { after, tail }: Pick<StreamLogs, 'after' | 'tail'>,
  ): Promise<void> {
    const stopWatching = this.rights.watch({
      actor,
      credentials: headers,
      containerId: container.id,
      capability: 'containers.logs',
      onEnd: (reason) => client.close(NO_LONGER_ALLOWED, reason),
    });
    const secrets = this.rights.watchSecrets({ actor, credentials: headers, containerId: container.id });
    client.once('close', () => {
      stopWatching();
      secrets.stop();
    });
    const sink = new PlainSink(client);
    try {
      const { reader, begin } = await this.follows.follow(container, { after, tail }, sink, secrets.may);
      sink.reader = reader;
      client.once('close', () => reader.close());
      if (client.readyState === client.OPEN) begin();
      else reader.close();
    } catch (error) {
      const expected = toAppError(error);
      if (!expected) throw error;
      client.close(FAILED, expected.code);
    }
  }
}

/** What the network took counts as read: nobody acknowledges on a plain socket. */
class PlainSink implements LogSink {
  readonly ready = true;
  reader: LogReader | undefined;
  private type: LogStreamMessage['type'] = 'history';
  private told = false;

  constructor(private readonly client: WebSocket) {}

  send(rows: readonly string[]): number {
    this.told = true;
    // The rows are JSON already.
    const message = Buffer.from(`{"type":"${this.type}","data":[${rows.join(',')}]}`);
    this.client.send(message, { binary: false }, () => this.reader?.credit(message.length));
    return message.length;
  }

  historyOver(): void {
    if (!this.told) this.send([]);
    this.type = 'lines';
  }

  end(reason: 'removed' | 'failed'): void {
    this.client.close(reason === 'removed' ? OVER : FAILED, reason);
  }
}
