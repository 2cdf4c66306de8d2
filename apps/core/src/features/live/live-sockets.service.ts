import { Injectable } from '@nestjs/common';
import { type ErrorEnvelope, Join, type Joined, type Topic } from '@bailiwick/contract';
import type { Socket } from 'socket.io';
import type { Actor } from '../../foundation/access/actor.js';
import { ActorResolver } from '../../foundation/access/actor-resolver.js';
import { invalid, unauthenticated, unreachable } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { toAppError } from '../../kernel/http/error-envelope.js';
import { isCallback, parseMessage, toSocketEnvelope } from '../../kernel/http/socket-message.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import { capabilityOf, kindOf } from './live.rules.js';
import { LiveService } from './live.service.js';
import type { LiveSink, LiveSubscription } from './live-subscription.js';

const Leave = Join.pick({ topic: true });
const MESSAGES: ReadonlySet<string> = new Set(['join', 'leave']);
const TOPICS_PER_SOCKET = 32;

interface Client {
  readonly sink: LiveSink;
  readonly joined: Map<Topic, LiveSubscription>;
  /** Joins and leaves in the order they came. */
  readonly turn: Mutex;
}

type Answer = (joined: Joined) => void;

/** Which connection follows which topics. */
@Injectable()
export class LiveSocketsService {
  private readonly clients = new WeakMap<Socket, Client>();
  private readonly log: Log;

  constructor(
    private readonly live: LiveService,
    private readonly actors: ActorResolver,
    private readonly events: Events,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('live');
  }

  welcome(socket: Socket): void {
    const joined = new Map<Topic, LiveSubscription>();
    const sink: LiveSink = {
      change: (change) => void socket.emit('change', change),
      gone: (gone) => {
        joined.delete(gone.topic);
        socket.emit('gone', gone);
      },
    };
    this.clients.set(socket, { sink, joined, turn: new Mutex() });
    socket.onAny((event: unknown) => {
      if (typeof event !== 'string' || !MESSAGES.has(event))
        socket.emit(
          'exception',
          this.toEnvelope(invalid([{ path: '', code: 'unknown_message', message: 'Send join or leave.' }])),
        );
    });
  }

  part(socket: Socket): void {
    const client = this.clients.get(socket);
    if (!client) return;
    this.clients.delete(socket);
    for (const subscription of client.joined.values()) this.live.detach(subscription, client.sink);
  }

  async join(socket: Socket, message: unknown, answer: unknown): Promise<void> {
    const client = this.clients.get(socket);
    if (!client || !isCallback<Joined>(answer)) return;
    await client.turn.run(async () => {
      try {
        await this.enter(socket, client, message, answer);
      } catch (error) {
        answer({ ok: false, error: this.toEnvelope(error) });
      }
    });
  }

  async leave(socket: Socket, message: unknown): Promise<void> {
    const client = this.clients.get(socket);
    if (!client) return;
    const { topic } = parseMessage(Leave, message);
    await client.turn.run(async () => this.drop(client, topic));
  }

  private async enter(socket: Socket, client: Client, message: unknown, answer: Answer): Promise<void> {
    const { topic, since } = parseMessage(Join, message);
    const actor = await this.actors.fromHeaders(socket.handshake.headers);
    if (!actor) throw unauthenticated();
    if (client.joined.size >= TOPICS_PER_SOCKET && !client.joined.has(topic))
      throw unreachable('busy', `One connection follows at most ${TOPICS_PER_SOCKET} topics.`);
    const { subscription, epoch, seq, begin } = await this.live.open(actor, topic, since).catch((error: unknown) => {
      this.announce(actor, topic, error);
      throw error;
    });
    const before = client.joined.get(topic);
    if (before && before !== subscription) this.live.close(before);
    client.joined.set(topic, subscription);
    answer({ ok: true, epoch, seq, ...begin });
    subscription.attach(client.sink, seq);
    if (!socket.connected) this.live.detach(subscription, client.sink);
  }

  /** A no is a no by whatever way it was asked: the audit trail listens. */
  private announce(actor: Actor, topic: Topic, error: unknown): void {
    const expected = toAppError(error);
    if (expected?.status !== 403) return;
    this.events.publish('request.refused', {
      actor,
      capability: capabilityOf(topic),
      route: `JOIN ${kindOf(topic)}`,
      named: undefined,
      error: expected,
    });
  }

  private drop({ joined }: Client, topic: Topic): void {
    const subscription = joined.get(topic);
    if (!subscription) return;
    joined.delete(topic);
    this.live.close(subscription);
  }

  private toEnvelope(error: unknown): ErrorEnvelope {
    return toSocketEnvelope(error, this.log, 'A topic could not be joined');
  }
}
