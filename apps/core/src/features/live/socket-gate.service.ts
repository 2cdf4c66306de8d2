import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { SessionId, TokenId } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { type Actor, cameWith } from '../../foundation/access/actor.js';
import { ActorResolver } from '../../foundation/access/actor-resolver.js';
import { Clock } from '../../kernel/clock.js';
import { AppError, notFound, rateLimited, refused, unauthenticated, unreachable } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { toAppError, toEnvelope } from '../../kernel/http/error-envelope.js';
import { isOwnHost, isOwnOrigin } from '../../kernel/http/host.rules.js';
import { ownAddresses } from '../../kernel/http/own-page.js';
import { type Peer, peerOf, type Trust } from '../../kernel/http/peer.js';
import { newId } from '../../kernel/ids.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { CONFIG } from '../../kernel/tokens.js';
import { SocketCount } from './socket-count.js';
import { SocketMemory } from './socket-memory.js';

/** Takes over a connection whose person is known. */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer, actor: Actor) => void;

/** Time for a last message before the connection is cut. */
const LAST_WORD_MS = 200;
const RETRY_SECONDS = 10;
const LOOK_AT_MEMORY_MS = 1000;
const LOOK_AT_ENDS_MS = 400;

/** The one door for everything that upgrades a connection: host, origin, session and limits, all before the 101. */
@Injectable()
export class SocketGateService implements OnModuleInit, OnModuleDestroy {
  private readonly upgrades = new Map<string, Upgrade>();
  private readonly open = new Map<Duplex, Actor>();
  private readonly count: SocketCount;
  private readonly memory: SocketMemory;
  private readonly log: Log;
  private unsubscribe: ReadonlyArray<() => void> = [];
  private watching: readonly NodeJS.Timeout[] = [];

  constructor(
    private readonly actors: ActorResolver,
    private readonly events: Events,
    private readonly clock: Clock,
    private readonly adapter: HttpAdapterHost,
    @Inject(CONFIG) private readonly config: Config,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('sockets');
    this.count = new SocketCount({
      person: config.BAILIWICK_SOCKETS_PER_PERSON,
      address: config.BAILIWICK_SOCKETS_PER_ADDRESS,
      total: config.BAILIWICK_SOCKETS_TOTAL,
    });
    this.memory = new SocketMemory(config.BAILIWICK_SOCKETS_UNSENT_MIB * 1024 * 1024);
  }

  onModuleInit(): void {
    this.unsubscribe = [
      this.events.on('session.ended', ({ sessionId }) => this.cut(sessionId)),
      this.events.on('token.ended', ({ tokenId }) => this.cut(tokenId)),
    ];
    this.watching = [
      setInterval(() => this.shed(), LOOK_AT_MEMORY_MS).unref(),
      setInterval(() => this.endOverdue(), LOOK_AT_ENDS_MS).unref(),
    ];
  }

  onModuleDestroy(): void {
    for (const stop of this.unsubscribe) stop();
    for (const watch of this.watching) clearInterval(watch);
    for (const socket of this.open.keys()) socket.destroy();
  }

  /** Connections that are open now. */
  get openCount(): number {
    return this.open.size;
  }

  /** Everything under this path goes to `upgrade` once it is let in. */
  serve(path: string, upgrade: Upgrade): void {
    this.upgrades.set(path, upgrade);
  }

  /** Call once, before the server listens. */
  guard(server: Server): void {
    server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy()); // a connection that breaks has nobody left to tell
      this.letIn(request, socket, head).catch((error: unknown) => this.refuse(error, request, socket));
    });
  }

  private async letIn(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const path = pathOf(request);
    const upgrade = this.upgrades.get(path);
    if (!upgrade) throw notFound('socket', path);
    const peer = peerOf(request, this.trust());
    this.assertOwnHost(request, peer);
    if (!this.actors.isBearer(request.headers)) this.assertOwnPage(request, peer);
    const actor = await this.actors.fromHeaders(request.headers);
    if (!actor?.active) throw unauthenticated();
    if (socket.destroyed) return;
    const refusal = this.count.enter(socket, { person: actor.userId, address: peer.address });
    if (refusal === 'total') throw unreachable('busy', 'The core holds as many sockets as it may.');
    if (refusal) throw rateLimited(RETRY_SECONDS);
    this.open.set(socket, actor);
    socket.once('close', () => this.open.delete(socket));
    if (!(await this.actors.isCurrent(actor))) throw unauthenticated();
    await this.actors.noteSocket(actor, peer.address);
    if (socket.destroyed) return;
    upgrade(request, socket, head, actor);
  }

  private assertOwnHost({ headers }: IncomingMessage, { host }: Peer): void {
    const own = ownAddresses(this.config);
    if (!isOwnHost(headers.host, own) || !isOwnHost(host, own))
      throw new AppError('host_refused', 421, 'This address does not belong to the panel.');
  }

  /** Browsers always send an Origin with a socket; who sends neither that nor a bearer may be another site's page. */
  private assertOwnPage({ headers }: IncomingMessage, { host }: Peer): void {
    const own = ownAddresses(this.config);
    if (headers.origin === undefined || !isOwnOrigin(headers.origin, host, own))
      throw refused('origin_refused', 'This request comes from another site.');
  }

  private refuse(error: unknown, request: IncomingMessage, socket: Duplex): void {
    const { url } = request;
    const requestId = newId('req');
    const expected = toAppError(error);
    if (expected?.code === 'unauthenticated') {
      const { address } = peerOf(request, this.trust());
      this.events.publish('request.unauthenticated', { address, route: `UPGRADE ${pathOf(request)}`, requestId });
    }
    if (expected) this.log.info({ code: expected.code, requestId, url }, 'A socket was refused');
    else this.log.error({ err: error, requestId, url }, 'A socket failed unexpectedly');
    const status = expected?.status ?? 500;
    const body = JSON.stringify(toEnvelope(expected, requestId, { raw: false }));
    const wait = expected?.params?.['retryAfterSeconds'];
    const lines = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'Connection: close',
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...(typeof wait === 'number' ? [`Retry-After: ${wait}`] : []),
    ];
    if (socket.writable) socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
    else socket.destroy();
  }

  /** Listeners of the same event say their last word first. */
  private cut(id: SessionId | TokenId): void {
    const ended = [...this.open].filter(([, actor]) => cameWith(actor, id)).map(([socket]) => socket);
    if (ended.length > 0) setTimeout(() => ended.forEach((socket) => socket.destroy()), LAST_WORD_MS).unref();
  }

  /** Nobody asks on behalf of an open socket, so the end of its token is looked for. */
  private endOverdue(): void {
    const now = this.clock.now();
    const overdue = [...this.open.values()].flatMap((actor) =>
      actor.credential !== 'cookie' && actor.endsAt <= now ? [actor] : [],
    );
    for (const { tokenId, userId } of overdue) this.events.publish('token.ended', { tokenId, userId });
  }

  /** Each connection is bounded by itself; thousands that stall at once are bounded here. They come back and resume. */
  private shed(): void {
    const shed = this.memory.findShed(this.open.keys());
    if (shed.length > 0) this.log.warn({ sockets: shed.length }, 'Sockets that do not read were closed to free memory');
    for (const socket of shed) socket.destroy();
  }

  /** Express knows which proxies we believe; it compiled the setting. */
  private trust(): Trust {
    const instance: { get(setting: string): unknown } = this.adapter.httpAdapter.getInstance();
    const trust = instance.get('trust proxy fn');
    if (!isTrust(trust)) throw new Error('Express has no compiled rule for proxies.');
    return trust;
  }
}

const isTrust = (value: unknown): value is Trust => typeof value === 'function';

function pathOf({ url = '' }: IncomingMessage): string {
  const [path = ''] = url.split('?', 1);
  return path;
}
