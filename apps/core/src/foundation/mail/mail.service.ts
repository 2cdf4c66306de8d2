import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { MailStatus } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import * as z from 'zod';
import { Clock, toIso } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { conflict } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { SecretKey } from '../../kernel/secret-key.js';
import { OutboxService } from '../identity/outbox.service.js';
import { MailsStore } from './mails.store.js';
import { type Letter, SmtpDriver } from './smtp.driver.js';

const PURPOSE = 'mail';
const MOST_WAITING = 10_000;
const DAY_MS = 24 * 3_600_000;
const KEPT_MS = 30 * DAY_MS;

/** What there is to write about; who composes a kind adds it by declaration merging. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by `declare module` where each kind is composed
export interface MailKinds {}

declare module '../identity/outbox.service.js' {
  interface SystemEffects {
    /** A mail to write, told with the change it speaks of. It holds no secret: that is made when it is composed. */
    'mail.write': { kind: string; payload: object; sameAs?: string | undefined };
  }
}

const Wanted = z.object({
  kind: z.string(),
  payload: z.record(z.string(), z.unknown()),
  sameAs: z.string().optional(),
});

/** A kind of mail, what it is about, and the key under which a second one is the same. */
export interface WantedMail<Kind extends keyof MailKinds> {
  readonly kind: Kind;
  readonly payload: MailKinds[Kind] & object;
  readonly sameAs?: string;
  /** After this nobody wants it any more; a day where it is not said. */
  readonly lifeMs?: number;
}

/** Of one mail: the same each time it is tried, so that a mail which arrives twice holds the same link. */
export interface Composing {
  /** 256 bits nobody can guess. */
  readonly secret: string;
}
/** Undefined where there is nothing to tell any more. */
type Compose = (payload: unknown, composing: Composing) => Promise<Letter | undefined>;

/** Writes mails down with what they tell of; `MailWorkerService` sends them. */
@Injectable()
export class MailService implements OnModuleInit {
  private readonly composers = new Map<string, Compose>();
  private readonly log: Log;
  private wake: () => void = () => undefined;

  constructor(
    private readonly mails: MailsStore,
    private readonly smtp: SmtpDriver,
    private readonly outbox: OutboxService,
    private readonly database: Database,
    private readonly key: SecretKey,
    private readonly clock: Clock,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('mail');
  }

  onModuleInit(): void {
    this.outbox.handle('mail.write', Wanted, async (rows, { kind, payload, sameAs }) => {
      await this.put(rows, { kind, payload, sameAs, lifeMs: DAY_MS });
      return () => this.wake();
    });
  }

  get isConfigured(): boolean {
    return this.smtp.server !== undefined;
  }

  /** 409 without a mail server. */
  assertConfigured(): void {
    if (this.isConfigured) return;
    throw conflict('mail_not_configured', 'No mail server is set up.', {
      hint: 'Ask an administrator; they can hand out a link instead.',
    });
  }

  /** Once for each kind, when a module is made. */
  compose<Kind extends keyof MailKinds>(
    kind: Kind,
    schema: z.ZodType<MailKinds[Kind]>,
    compose: (payload: MailKinds[Kind], composing: Composing) => Promise<Letter | undefined>,
  ): void {
    if (this.composers.has(kind)) throw new Error(`There are two who compose ${kind}.`);
    this.composers.set(kind, (payload, composing) => compose(schema.parse(payload), composing));
  }

  /** In the transaction of what it tells of; found at the next look. Nothing where no server is set up. */
  async write<Kind extends keyof MailKinds>(rows: EntityManager, mail: WantedMail<Kind>): Promise<void> {
    await this.put(rows, { ...mail, lifeMs: mail.lifeMs ?? DAY_MS });
  }

  /** Whoever sends wants to be woken. */
  onWake(wake: () => void): void {
    this.wake = wake;
  }

  composed(mail: { id: string; kind: string; sealed: string | null }): Promise<Letter | undefined> {
    const compose = this.composers.get(mail.kind);
    if (!compose) throw new Error(`Nobody composes ${mail.kind}.`);
    const payload: unknown = JSON.parse(this.key.open(PURPOSE, mail.id, mail.sealed ?? ''));
    return compose(payload, { secret: this.key.sign('mail-secret', mail.id) });
  }

  async status(): Promise<MailStatus> {
    const { server } = this.smtp;
    const last = await this.mails.lastFailed();
    return {
      configured: server !== undefined,
      server: server
        ? { host: server.host, port: server.port, tls: server.tls, user: server.login?.user ?? null, from: server.from }
        : null,
      waiting: await this.mails.countWaiting(),
      failed: await this.mails.countFailed(),
      lastFailure:
        last?.failure && last.failedAt !== null
          ? { failure: last.failure, said: last.said, at: toIso(last.failedAt) }
          : null,
    };
  }

  private async put(
    rows: EntityManager,
    { kind, payload, sameAs, lifeMs }: { kind: string; payload: object; sameAs?: string | undefined; lifeMs: number },
  ): Promise<void> {
    if (!this.isConfigured) return;
    const now = this.clock.now();
    const id = newId('mail');
    await this.makeRoom(rows, now);
    await this.mails.add(rows, {
      id,
      kind,
      sealed: this.key.seal(PURPOSE, id, JSON.stringify(payload)),
      sameAs: sameAs ?? null,
      state: 'waiting',
      attempts: 0,
      dueAt: now,
      giveUpAt: now + lifeMs,
      failure: null,
      said: null,
      failedAt: null,
      createdAt: now,
      finishedAt: null,
    });
  }

  /** Behind a server that is away for long, the oldest makes room and is counted as failed. */
  private async makeRoom(rows: EntityManager, now: number): Promise<void> {
    await this.mails.forgetBefore(rows, now - KEPT_MS);
    if ((await this.mails.countWaiting(rows)) < MOST_WAITING) return;
    const oldest = await this.mails.oldestWaiting(rows);
    if (!oldest) return;
    this.log.warn({ mail: oldest.id, kind: oldest.kind }, 'Too many mails wait; the oldest was dropped');
    const over = { state: 'failed', sealed: null, sameAs: null, finishedAt: now } as const;
    await this.mails.update(rows, oldest.id, { ...over, failure: 'dropped', failedAt: now });
  }
}
