import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from './until.js';

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

interface Answer {
  readonly status: number;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Takes messages over HTTP on loopback, keeps them, and answers as a test says. */
export class HttpReceiver {
  readonly received: Received[] = [];
  /** What it answers; undefined: nothing at all. */
  answer: Answer | undefined = { status: 200, text: 'ok' };
  port = 0;
  private server: Server | undefined;

  static async start(): Promise<HttpReceiver> {
    const receiver = new HttpReceiver();
    await receiver.open();
    return receiver;
  }

  /** On the port it had before, if it had one. */
  async open(): Promise<void> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { url = '', headers } = request;
        this.received.push({ path: url, headers, text: Buffer.concat(parts).toString() });
        const { answer } = this;
        if (answer) response.writeHead(answer.status, { ...answer.headers }).end(answer.text ?? '');
      });
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    // What listens on a port has an address of this kind.
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The bodies as JSON, oldest first. */
  get bodies(): Array<Record<string, unknown>> {
    return this.received.map(({ text }) => JSON.parse(text) as Record<string, unknown>);
  }

  async last(count = 1): Promise<Received> {
    await until(() => this.received.length >= count, { what: `Message ${count}` });
    const found = this.received.at(-1);
    if (!found) throw new Error('Nothing came.');
    return found;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
