import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type WebSocket, WebSocketServer } from 'ws';
import type * as z from 'zod';
import { invalid } from '../../kernel/errors.js';
import { toAppError } from '../../kernel/http/error-envelope.js';
import { toFieldIssues } from '../../kernel/field-issues.js';
import { CoreLog } from '../../kernel/log/log.js';

const PING_EVERY_MS = 25_000;
const MAX_MESSAGE_BYTES = 1024;
const READ_ONLY = 1003;
/** RFC 6455: the right to be here is missing or has ended. */
export const NO_LONGER_ALLOWED = 1008;
export const FAILED = 1011;
const TRY_AGAIN = 1013;

const MOST_UNSENT_BYTES = 1024 * 1024;

/** Whoever does not read is closed: they come back and start anew. */
export function sendOrClose(client: WebSocket, message: unknown): void {
  if (client.readyState !== client.OPEN) return;
  if (client.bufferedAmount > MOST_UNSENT_BYTES) client.close(TRY_AGAIN, 'slow_reader');
  else client.send(JSON.stringify(message));
}

/** Plain WebSockets that only tell; who is let in is the gate's business. */
@Injectable()
export class PlainSocketsService implements OnModuleInit, OnModuleDestroy {
  private readonly server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
  });
  private readonly answered = new WeakSet<WebSocket>();
  private pinging: NodeJS.Timeout | undefined;

  constructor(private readonly coreLog: CoreLog) {}

  onModuleInit(): void {
    this.pinging = setInterval(() => this.ping(), PING_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.pinging);
    for (const client of this.server.clients) client.terminate();
  }

  /** What the address asks for; a wrong field is refused before the upgrade. */
  query<Schema extends z.ZodType>(schema: Schema, { url = '/' }: IncomingMessage): z.infer<Schema> {
    const parsed = schema.safeParse(Object.fromEntries(new URL(url, 'http://core').searchParams));
    if (!parsed.success) throw invalid(toFieldIssues(parsed.error));
    return parsed.data;
  }

  /** Completes the upgrade; whatever `tell` fails with closes the connection. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, tell: (client: WebSocket) => Promise<void>): void {
    this.server.handleUpgrade(request, socket, head, (client) => {
      this.answered.add(client);
      client.on('pong', () => this.answered.add(client));
      client.on('message', () => client.close(READ_ONLY, 'this socket only tells'));
      client.on('error', (error) => this.coreLog.for('sockets').debug({ err: error }, 'A plain socket broke'));
      tell(client).catch((error: unknown) => {
        const expected = toAppError(error);
        if (!expected) this.coreLog.for('sockets').error({ err: error }, 'A plain socket failed');
        client.close(FAILED, expected?.code ?? 'internal');
      });
    });
  }

  private ping(): void {
    for (const client of this.server.clients) {
      if (this.answered.delete(client)) client.ping();
      else client.terminate();
    }
  }
}
