import { Server as HttpServer } from 'node:http';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { MessageBudget } from './message-budget.js';
import { OutboxBound } from './outbox-bound.js';
import type { SocketGateService } from './socket-gate.service.js';

const PATH = '/socket.io/';

const BOUNDS = {
  transports: ['websocket' as const],
  serveClient: false,
  maxHttpBufferSize: 64 * 1024,
  pingInterval: 20_000,
  pingTimeout: 20_000,
};

type Options = Parameters<IoAdapter['createIOServer']>[1];

/** Socket.IO behind the gate: WebSocket only, and no connection that was not let in. */
export class SocketIoDriver extends IoAdapter {
  private readonly inside: HttpServer;

  constructor(private readonly gate: SocketGateService) {
    // Never listens: it only hands over the upgrades that the gate let in.
    const inside = new HttpServer();
    super(inside);
    this.inside = inside;
  }

  override createIOServer(port: number, options?: Options): ReturnType<IoAdapter['createIOServer']> {
    const server = super.createIOServer(port, Object.assign({}, options, BOUNDS));
    server.engine.on('connection', bound);
    this.gate.serve(PATH, (request, socket, head) => this.inside.emit('upgrade', request, socket, head));
    return server;
  }
}

interface Connection {
  on(event: 'message' | 'flush', listener: () => void): void;
  on(event: 'packetCreate', listener: (packet: { type?: unknown; data?: unknown }) => void): void;
  close(discard: boolean): void;
}

/** Neither what one client says nor what it does not take may cost the others. */
function bound(connection: Connection): void {
  const budget = new MessageBudget(performance.now());
  const outbox = new OutboxBound();
  connection.on('message', () => {
    if (!budget.spend(performance.now())) connection.close(true);
  });
  connection.on('packetCreate', ({ type, data }) => {
    if (type === 'message') budget.earn(1);
    if (!outbox.add(sizeOf(data))) connection.close(true);
  });
  connection.on('flush', () => outbox.empty());
}

const sizeOf = (data: unknown): number => (typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 0);
