import type { Change, Gone, Joined, Position } from '@bailiwick/contract';
import { io, type Socket } from 'socket.io-client';
import type { TestApp } from './app.js';
import { type Door, doorHeaders } from './door.js';

/** A change with the item as a test reads it. */
export type Told = Omit<Change, 'item'> & { item?: Record<string, unknown> };

/** A browser on the panel's own page, following topics. */
export class LiveClient {
  /** Everything told so far, oldest first. */
  readonly changes: Told[] = [];
  readonly gone: Gone[] = [];

  private constructor(readonly socket: Socket) {
    socket.on('change', (change: Told) => this.changes.push(change));
    socket.on('gone', (gone: Gone) => this.gone.push(gone));
  }

  static async connect({ url }: TestApp, door: Door): Promise<LiveClient> {
    const socket = io(`${url}/live`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: doorHeaders(door, url),
    });
    const client = new LiveClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return client;
  }

  ask(message: unknown): Promise<Joined> {
    return this.socket.timeout(5000).emitWithAck('join', message);
  }

  async join(topic: string, since?: Position): Promise<Joined & { ok: true }> {
    const joined = await this.ask({ topic, ...(since ? { since } : {}) });
    if (!joined.ok) throw new Error(JSON.stringify(joined.error));
    return joined;
  }

  close(): void {
    this.socket.close();
  }
}
