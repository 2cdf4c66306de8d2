import { timingSafeEqual } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { type Metadata, Server, ServerCredentials } from '@grpc/grpc-js';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Config } from '../../config.js';
import type { ProtoGrpcType } from '../../generated/host.js';
import { LoopbackGrpc } from '../../kernel/grpc/loopback-grpc.js';
import { loadProto } from '../../kernel/grpc/protos.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { CONFIG } from '../../kernel/tokens.js';
import { HostCalls } from './host-calls.service.js';
import { type Guest, hostHandlers } from './host-door.js';
import { type HostCaller, type HostMethod, SCOPE_OF } from './host-methods.rules.js';
import { PluginEvents } from './plugin-events.service.js';

const PROTO = 'bailiwick/plugin/v2/host.proto';
const MESSAGE_BYTES = 4 * 1024 * 1024;

interface Invited extends Guest {
  readonly token: Buffer;
}

/** Lets running plugins ask: each on a socket of its own, and with its token on the core's gRPC port. */
@Injectable()
export class PluginHost implements OnModuleInit {
  private readonly invited = new Set<Invited>();
  private readonly log: Log;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly calls: HostCalls,
    private readonly events: PluginEvents,
    private readonly grpc: LoopbackGrpc,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('plugins');
  }

  onModuleInit(): void {
    const service = this.service();
    for (const method of Object.keys(service)) assertKnown(method);
    this.grpc.serve(
      service,
      this.handlers(() => this.invited),
    );
  }

  /** Until the returned function is called. `socket`: where it listens for this one alone; its user may connect there. */
  async invite(caller: HostCaller, token: string, log: Guest['log'], socket: string | undefined): Promise<() => void> {
    const guest: Invited = { caller, token: Buffer.from(token), log, inFlight: 0, listening: 0 };
    this.invited.add(guest);
    const server = socket === undefined ? undefined : await this.listen(guest, socket);
    return () => {
      this.invited.delete(guest);
      server?.forceShutdown();
    };
  }

  /** Where plugins reach it that have no socket of their own. */
  get address(): string {
    return `127.0.0.1:${this.grpc.port}`;
  }

  private async listen(guest: Invited, socket: string): Promise<Server> {
    const server = new Server({ 'grpc.max_receive_message_length': MESSAGE_BYTES });
    server.addService(
      this.service(),
      this.handlers(() => new Set([guest])),
    );
    await new Promise<void>((resolve, reject) => {
      server.bindAsync(`unix:${socket}`, ServerCredentials.createInsecure(), (error) => (error ? reject(error) : resolve())); // prettier-ignore
    });
    // The folder it lies in is its user's alone.
    chmodSync(socket, 0o666);
    return server;
  }

  private handlers(guests: () => ReadonlySet<Invited>) {
    return { ...hostHandlers({
      work: this.calls.work,
      events: this.events,
      guestOf: (metadata) => [...guests()].find(({ token }) => shows(metadata, token)),
      unforeseen: (error, method) => this.log.error({ err: error, method }, 'A plugin could not be answered'),
    }) };
  } // prettier-ignore

  private service() {
    return loadProto<ProtoGrpcType>(this.config.rootDir, PROTO).bailiwick.plugin.v2.Host.service;
  }
}

/** A method nobody decided about does not start. */
function assertKnown(method: string): asserts method is HostMethod {
  if (!Object.hasOwn(SCOPE_OF, method)) throw new Error(`The Host method ${method} names no scope.`);
}

function shows(metadata: Metadata, token: Buffer): boolean {
  const given = Buffer.from((metadata.get('authorization')[0]?.toString() ?? '').replace(/^Bearer /, ''));
  return given.length === token.length && timingSafeEqual(given, token);
}
