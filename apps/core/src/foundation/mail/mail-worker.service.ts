import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { MailFailure } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { CONFIG } from '../../kernel/tokens.js';
import type { MailRow } from './mail.entity.js';
import { isOver, waitAfter } from './mail.rules.js';
import { MailService } from './mail.service.js';
import { MailsStore } from './mails.store.js';
import { MailRefused, SmtpDriver } from './smtp.driver.js';

const LOOK_MS = 500;

/** Sends what waits, one mail after the other; what a server does not take is tried again later and given up in the end. */
@Injectable()
export class MailWorkerService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly log: Log;
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;

  constructor(
    private readonly mail: MailService,
    private readonly mails: MailsStore,
    private readonly smtp: SmtpDriver,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('mail');
  }

  onApplicationBootstrap(): void {
    if (!this.config.smtp) return;
    this.mail.onWake(() => this.look());
    this.timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await this.round;
  }

  private look(): void {
    if (this.round || this.stopping.signal.aborted) return;
    this.round = this.sendDue()
      .catch((error: unknown) => this.log.error({ err: error }, 'Looking for mail to send failed'))
      .finally(() => {
        this.round = undefined;
      });
  }

  private async sendDue(): Promise<void> {
    for (;;) {
      const next = await this.mails.due(this.clock.now());
      if (!next || this.stopping.signal.aborted) return;
      await this.attempt(next);
    }
  }

  /** The wait is written before the try: whatever ends this process, a mail is not tried without pause. */
  private async attempt(mail: MailRow): Promise<void> {
    const attempts = mail.attempts + 1;
    const now = this.clock.now();
    if (now >= mail.giveUpAt) return this.end(mail, { failure: mail.failure ?? 'late', said: mail.said });
    await this.change(mail, { attempts, dueAt: now + waitAfter(attempts) });
    try {
      const letter = await this.mail.composed(mail);
      if (letter) await this.smtp.send(letter, mail.id, this.stopping.signal);
      const finishedAt = this.clock.now();
      await this.change(mail, { state: 'sent', sealed: null, sameAs: null, finishedAt });
    } catch (error) {
      // Stopped in the middle: it is sent by the next start.
      if (this.stopping.signal.aborted) return;
      await this.noteFailure({ ...mail, attempts }, error);
    }
  }

  private async noteFailure(mail: MailRow, error: unknown): Promise<void> {
    const { failure, said } = error instanceof MailRefused ? error : { failure: 'deferred' as const, said: null };
    const { id, kind, attempts } = mail;
    // Without the error itself: the server's words name the address.
    if (error instanceof MailRefused) this.log.warn({ mail: id, kind, attempts, failure }, 'A mail was not taken');
    else this.log.error({ mail: id, kind, attempts, err: error }, 'A mail could not be composed');
    if (isOver(failure, mail, this.clock.now())) return this.end(mail, { failure, said });
    await this.change(mail, { failure, said, failedAt: this.clock.now() });
  }

  private async end(mail: MailRow, { failure, said }: { failure: MailFailure; said: string | null }): Promise<void> {
    const now = this.clock.now();
    this.log.error({ mail: mail.id, kind: mail.kind, attempts: mail.attempts, failure }, 'A mail was given up');
    const over = { state: 'failed', sealed: null, sameAs: null, finishedAt: now } as const;
    await this.change(mail, { ...over, failure, said, failedAt: now });
  }

  private change({ id }: MailRow, changes: Partial<MailRow>): Promise<void> {
    return this.database.transaction((rows) => this.mails.update(rows, id, changes));
  }
}
