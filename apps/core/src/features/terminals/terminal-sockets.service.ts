import { Injectable } from '@nestjs/common';
import { AttachTerminal, OpenTerminal, type TerminalAnswer } from '@bailiwick/contract';
import type { Socket } from 'socket.io';
import type { Actor } from '../../foundation/access/actor.js';
import { ActorResolver } from '../../foundation/access/actor-resolver.js';
import { conflict, invalid, unauthenticated } from '../../kernel/errors.js';
import { toAppError } from '../../kernel/http/error-envelope.js';
import { isCallback, parseMessage, toSocketEnvelope } from '../../kernel/http/socket-message.js';
import { Events } from '../../kernel/events.js';
import { CoreLog } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import { StreamRightsService } from '../live/stream-rights.service.js';
import { exitFrame, readFrame } from './terminal-frames.rules.js';
import type { TerminalSession } from './terminal-session.js';
import { capabilityFor, newViewerId, TerminalsService } from './terminals.service.js';

interface Look {
  readonly session: TerminalSession;
  readonly viewer: string;
  readonly stopWatching: () => void;
}
interface Client {
  look: Look | undefined;
  readonly turn: Mutex;
}
type Answer = (answer: TerminalAnswer) => void;

/** Which connection shows which terminal; each shows one. */
@Injectable()
export class TerminalSocketsService {
  private readonly clients = new WeakMap<Socket, Client>();

  constructor(
    private readonly terminals: TerminalsService,
    private readonly rights: StreamRightsService,
    private readonly actors: ActorResolver,
    private readonly events: Events,
    private readonly log: CoreLog,
  ) {}

  welcome(socket: Socket): void {
    this.clients.set(socket, { look: undefined, turn: new Mutex() });
  }

  part(socket: Socket): void {
    const client = this.clients.get(socket);
    this.clients.delete(socket);
    if (client) this.drop(client);
  }

  async open(socket: Socket, message: unknown, answer: unknown): Promise<void> {
    await this.show(socket, answer, async (actor) => {
      const wish = parseMessage(OpenTerminal, message);
      const session = await this.terminals.start(actor, socket.handshake.headers, wish);
      return { session, wish: { columns: wish.columns, rows: wish.rows, after: undefined } };
    });
  }

  async attach(socket: Socket, message: unknown, answer: unknown): Promise<void> {
    await this.show(socket, answer, async (actor) => {
      const { id, ...wish } = parseMessage(AttachTerminal, message);
      return { session: await this.terminals.find(actor, id), wish };
    });
  }

  /** What is typed is answered once the program has room for it. */
  async frame(socket: Socket, message: unknown, answer: unknown): Promise<void> {
    const frame = readFrame(message);
    if (!frame) throw invalid([{ path: '', code: 'unknown_message', message: 'This is no frame of a terminal.' }]);
    const look = this.clients.get(socket)?.look;
    let taken = false;
    if (look && frame.type === 'data') taken = await look.session.type(look.viewer, frame.bytes);
    else if (look && frame.type === 'ack') look.session.acknowledge(look.viewer, frame.bytes);
    else if (look && frame.type === 'resize') look.session.resize(look.viewer, { columns: frame.columns, rows: frame.rows }); // prettier-ignore
    if (isCallback<{ ok: boolean }>(answer)) answer({ ok: taken });
  }

  control(socket: Socket): void {
    const look = this.clients.get(socket)?.look;
    look?.session.takeControl(look.viewer);
  }

  /** For everybody, not only for who asks. */
  end(socket: Socket): void {
    this.clients.get(socket)?.look?.session.finish({ reason: 'ended', exitCode: null });
  }

  private async show(
    socket: Socket,
    answer: unknown,
    find: (actor: Actor) => Promise<{
      session: TerminalSession;
      wish: { columns: number; rows: number; after?: number | undefined };
    }>,
  ): Promise<void> {
    const client = this.clients.get(socket);
    if (!client || !isCallback<TerminalAnswer>(answer)) return;
    await client.turn.run(async () => {
      try {
        if (client.look) throw conflict('conflict', 'This connection shows a terminal already.');
        const actor = await this.actors.fromHeaders(socket.handshake.headers);
        if (!actor) throw unauthenticated();
        const { session, wish } = await find(actor).catch((error: unknown) => {
          this.announce(actor, error);
          throw error;
        });
        this.look(socket, client, actor, session, wish, answer);
      } catch (error) {
        answer({
          ok: false,
          error: toSocketEnvelope(error, this.log.for('terminals'), 'A terminal could not be shown'),
        });
      }
    });
  }

  /** A no is a no by whatever way it was asked: the audit trail listens. */
  private announce(actor: Actor, error: unknown): void {
    const expected = toAppError(error);
    if (expected?.status !== 403) return;
    this.events.publish('request.refused', {
      actor,
      capability: 'containers.shell',
      route: 'OPEN terminal',
      named: undefined,
      error: expected,
    });
  }

  private look(
    socket: Socket,
    client: Client,
    actor: Actor,
    session: TerminalSession,
    { columns, rows, after }: { columns: number; rows: number; after?: number | undefined },
    answer: Answer,
  ): void {
    const viewer = newViewerId();
    const send = (frame: Buffer) => void socket.emit('frame', frame);
    const stopWatching = this.rights.watch({
      actor,
      credentials: socket.handshake.headers,
      containerId: session.facts.containerId,
      capability: capabilityFor(session.facts.root),
      onEnd: (reason) => {
        session.leave(viewer);
        send(exitFrame({ reason, exitCode: null }));
      },
    });
    client.look = { session, viewer, stopWatching };
    void session.ended.then(() => this.drop(client));
    const past = session.join({ id: viewer, name: actor.displayName, size: { columns, rows }, send, after });
    answer({ ok: true, terminal: session.describe(), viewer, ...past });
    if (socket.connected) session.begin(viewer);
    else this.drop(client);
  }

  private drop(client: Client): void {
    const { look } = client;
    client.look = undefined;
    look?.stopWatching();
    look?.session.leave(look.viewer);
  }
}
