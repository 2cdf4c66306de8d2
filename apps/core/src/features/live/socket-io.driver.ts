import { Server as HttpServer } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { Server, type ServerOptions } from 'socket.io';
import { MessageBudget } from './message-budget.js';
import { OutboxBound } from './outbox-bound.js';
import type { SocketGateService } from './socket-gate.service.js';

const PATH = '/socket.io/';
const MAX_MESSAGE_BYTES = 64 * 1024;
const PING_EVERY_MS = 25_000;
const PONG_WITHIN_MS = 20_000;

/** Socket.IO behind the gate: WebSocket only, and no connection that was not let in. */
export class SocketIoDriver extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly gate: SocketGateService,
  ) {
    super(app);
  }

  override createIOServer(_port: number, options?: ServerOptions): Server {
    // Never listens: it only hands over the upgrades that the gate let in.
    const inside = new HttpServer();
    const server = new Server(inside, {
      ...options,
      transports: ['websocket'],
      serveClient: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      pingInterval: PING_EVERY_MS,
      pingTimeout: PONG_WITHIN_MS,
    });
    server.engine.on('connection', bound);
    this.gate.serve(PATH, (request, socket, head) => inside.emit('upgrade', request, socket, head));
    return server;
  }
}

interface Connection {
  on(event: 'message' | 'flush', listener: () => void): void;
  on(event: 'packetCreate', listener: (packet: { data?: unknown }) => void): void;
  close(discard: boolean): void;
}

/** Neither what one client says nor what it does not take may cost the others. */
function bound(connection: Connection): void {
  const budget = new MessageBudget();
  const outbox = new OutboxBound();
  connection.on('message', () => {
    if (!budget.spend(performance.now())) connection.close(true);
  });
  connection.on('packetCreate', ({ data }) => {
    if (!outbox.add(sizeOf(data))) connection.close(true);
  });
  connection.on('flush', () => outbox.empty());
}

const sizeOf = (data: unknown): number => (typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 0);
