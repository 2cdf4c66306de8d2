import { Inject, Injectable } from '@nestjs/common';
import type { MailFailure } from '@bailiwick/contract';
import { createTransport } from 'nodemailer';
import * as z from 'zod';
import type { Config, SmtpServer } from '../../config.js';
import { CONFIG } from '../../kernel/tokens.js';
import { failureOf } from './mail.rules.js';

const CONNECT_MS = 10_000;
const SILENT_MS = 30_000;
const Reported = z.object({
  code: z.string().optional(),
  responseCode: z.number().optional(),
  response: z.string().optional(),
});

/** Plain text to one address. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** What became of an attempt; `said`: the server's own words. */
export class MailRefused extends Error {
  constructor(
    readonly failure: MailFailure,
    readonly said: string | null,
    cause: unknown,
  ) {
    super(`The mail server did not take it (${failure}).`, { cause });
  }
}

/** Hands letters to the configured server, one connection each. */
@Injectable()
export class SmtpDriver {
  readonly server: SmtpServer | undefined;

  constructor(@Inject(CONFIG) { smtp }: Config) {
    this.server = smtp;
  }

  /** Throws `MailRefused`. The id marks the letter, so that a repeated one is recognised. */
  async send({ to, subject, text }: Letter, id: string, signal?: AbortSignal): Promise<void> {
    const { server } = this;
    if (!server) throw new Error('No mail server is configured.');
    const transport = transportTo(server);
    try {
      await transport.sendMail({
        from: { name: 'Bailiwick', address: server.from },
        to: { name: '', address: to },
        subject,
        text,
        messageId: `<${id}@${server.from.split('@')[1] ?? 'bailiwick'}>`,
        // No answering machine answers a machine.
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      throw toRefusal(error);
    } finally {
      transport.close();
    }
  }

  /** Only the greeting, the encryption and the login. Throws `MailRefused`. */
  async greet(): Promise<void> {
    if (!this.server) throw new Error('No mail server is configured.');
    const transport = transportTo(this.server);
    try {
      await transport.verify();
    } catch (error) {
      throw toRefusal(error);
    } finally {
      transport.close();
    }
  }
}

const transportTo = ({ host, port, tls, login }: SmtpServer) =>
  createTransport({
    host,
    port,
    secure: tls === 'tls',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(login ? { auth: { user: login.user, pass: login.password } } : {}),
  });

function toRefusal(error: unknown): MailRefused {
  const reported = Reported.safeParse(error).data ?? {};
  return new MailRefused(failureOf(reported), reported.response?.slice(0, 300) ?? null, error);
}
