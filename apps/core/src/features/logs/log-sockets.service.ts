import { Injectable } from '@nestjs/common';
import { type FollowAnswer, FollowLogs, LogCredit, type LogEnded, UnfollowLogs } from '@bailiwick/contract';
import type { Socket } from 'socket.io';
import { ActorResolver } from '../../foundation/access/actor-resolver.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { unauthenticated, unreachable } from '../../kernel/errors.js';
import { isCallback, parseMessage, toSocketEnvelope } from '../../kernel/http/socket-message.js';
import { CoreLog } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import { LogFollowService } from './log-follow.service.js';
import type { LogReader, LogSink } from './log-reader.service.js';
import { StreamRightsService } from '../live/stream-rights.service.js';

const STREAMS_PER_SOCKET = 8;

interface Stream {
  readonly reader: LogReader;
  readonly stopWatching: () => void;
}

interface Client {
  readonly streams: Map<string, Stream>;
  /** Follows and unfollows in the order they came. */
  readonly turn: Mutex;
}

type Answer = (answer: FollowAnswer) => void;

/** Which connection follows which logs. */
@Injectable()
export class LogSocketsService {
  private readonly clients = new WeakMap<Socket, Client>();

  constructor(
    private readonly follows: LogFollowService,
    private readonly rights: StreamRightsService,
    private readonly actors: ActorResolver,
    private readonly environments: EnvironmentsService,
    private readonly coreLog: CoreLog,
  ) {}

  welcome(socket: Socket): void {
    const streams = new Map<string, Stream>();
    this.clients.set(socket, { streams, turn: new Mutex() });
    socket.conn.transport.on('ready', () => {
      for (const { reader } of streams.values()) reader.wake();
    });
  }

  part(socket: Socket): void {
    const client = this.clients.get(socket);
    this.clients.delete(socket);
    for (const stream of client?.streams.keys() ?? []) this.drop(client, stream);
  }

  async follow(socket: Socket, message: unknown, answer: unknown): Promise<void> {
    const client = this.clients.get(socket);
    if (!client || !isCallback<FollowAnswer>(answer)) return;
    await client.turn.run(async () => {
      try {
        await this.begin(socket, client, parseMessage(FollowLogs, message), answer);
      } catch (error) {
        answer({ ok: false, error: toSocketEnvelope(error, this.coreLog.for('logs'), 'A log could not be followed') });
      }
    });
  }

  unfollow(socket: Socket, message: unknown): void {
    this.drop(this.clients.get(socket), parseMessage(UnfollowLogs, message).stream);
  }

  credit(socket: Socket, message: unknown): void {
    const { stream, bytes } = parseMessage(LogCredit, message);
    this.clients.get(socket)?.streams.get(stream)?.reader.credit(bytes);
  }

  private async begin(socket: Socket, client: Client, request: FollowLogs, answer: Answer): Promise<void> {
    const { headers: credentials } = socket.handshake;
    const { stream, containerId } = request;
    const actor = await this.actors.fromHeaders(credentials);
    if (!actor) throw unauthenticated();
    const container = this.rights.get(actor, containerId, 'containers.logs');
    this.environments.assertOnline(container.environmentId);
    this.drop(client, stream);
    if (client.streams.size >= STREAMS_PER_SOCKET)
      throw unreachable('busy', `One connection follows at most ${STREAMS_PER_SOCKET} logs.`);
    const end = (reason: LogEnded['reason']) => {
      this.drop(client, stream);
      socket.emit('ended', { stream, reason } satisfies LogEnded);
    };
    let endedWith: LogEnded['reason'] | undefined;
    const onEnd = (reason: LogEnded['reason']) => {
      endedWith = reason;
      if (client.streams.has(stream)) end(reason);
    };
    // The right may end while the engine is asked.
    const stopRight = this.rights.watch({ actor, credentials, containerId, capability: 'containers.logs', onEnd });
    const secrets = this.rights.watchSecrets({ actor, credentials, containerId });
    const stopWatching = () => {
      stopRight();
      secrets.stop();
    };
    try {
      const { reader, begin } = await this.follows.follow(container, request, toSink(socket, stream, end), secrets.may);
      client.streams.set(stream, { reader, stopWatching });
      answer({ ok: true });
      if (endedWith) end(endedWith);
      else if (!socket.connected) this.drop(client, stream);
      else begin();
    } catch (error) {
      stopWatching();
      throw error;
    }
  }

  private drop(client: Client | undefined, stream: string): void {
    const followed = client?.streams.get(stream);
    client?.streams.delete(stream);
    followed?.stopWatching();
    followed?.reader.close();
  }
}

const toSink = (socket: Socket, stream: string, end: (reason: LogEnded['reason']) => void): LogSink => ({
  get ready() {
    return socket.conn.transport.writable;
  },
  send(rows) {
    const frame = Buffer.from(rows.join('\n'));
    socket.emit('frame', stream, frame);
    return frame.length;
  },
  historyOver: () => undefined, // frames do not tell the two apart
  end,
});
