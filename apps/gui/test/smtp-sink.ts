import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { until } from './panel.ts';

export interface TakenMail {
  readonly to: string[];
  readonly id: string;
  readonly subject: string;
  /** As it is read: decoded, without soft line breaks. */
  readonly text: string;
}

/** A real mail server on loopback that keeps what it is given. */
export class SmtpSink {
  readonly taken: TakenMail[] = [];
  private server: SMTPServer | undefined;
  private readonly sockets = new Set<{ destroy(): void }>();
  port = 0;

  static async start(): Promise<SmtpSink> {
    const sink = new SmtpSink();
    await sink.open();
    return sink;
  }

  /** For `Panel.start`. */
  get env(): Record<string, string> {
    return {
      BAILIWICK_SMTP_HOST: '127.0.0.1',
      BAILIWICK_SMTP_PORT: String(this.port),
      BAILIWICK_SMTP_TLS: 'none',
      BAILIWICK_SMTP_FROM: 'panel@example.org',
    };
  }

  private async open(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onData: (stream, session, done) => {
        const pieces: Buffer[] = [];
        stream.on('data', (piece: Buffer) => pieces.push(piece));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          this.taken.push({ to, ...read(Buffer.concat(pieces).toString('utf8')) });
          done();
        });
      },
    });
    server.on('error', () => undefined); // a client that goes away is none of the sink's business
    server.server.on('connection', (socket: { destroy(): void }) => this.sockets.add(socket));
    const listening = server.listen(this.port, '127.0.0.1');
    await once(listening, 'listening');
    this.port = (listening.address() as AddressInfo).port;
    this.server = server;
  }

  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    await closed;
  }

  /** The newest to that address, once there are so many. */
  async mailTo(address: string, count = 1): Promise<TakenMail> {
    const found = () => this.taken.filter(({ to }) => to.includes(address));
    await until(`mail ${count} to ${address}`, () => Promise.resolve(found().length >= count));
    const last = found().at(-1);
    if (!last) throw new Error('There is no mail.');
    return last;
  }
}

function read(raw: string): Omit<TakenMail, 'to'> {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const headers = head.replace(/\r\n[ \t]+/g, ' ');
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1]?.trim() ?? '';
  const body = rest.join('\r\n\r\n');
  return {
    id: header('Message-ID'),
    subject: header('Subject'),
    text: decode(body, header('Content-Transfer-Encoding')),
  };
}

function decode(body: string, encoding: string): string {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/quoted-printable/i.test(encoding)) return body.replaceAll('\r\n', '\n');
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n');
}
