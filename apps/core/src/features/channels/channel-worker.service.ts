import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { ChannelId } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { waitAfter } from '../../foundation/mail/mail.rules.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { newId } from '../../kernel/ids.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { CONFIG } from '../../kernel/tokens.js';
import { ChannelBook, type KnownChannel } from './channel-book.service.js';
import { ChannelDrivers } from './channel-drivers.service.js';
import { NotTaken } from './channel-driver.js';
import { NoticeBook } from './notice-book.service.js';
import type { NoticeRow } from './notice.entity.js';
import { latestOfEach } from './notices.rules.js';
import { NoticesStore } from './notices.store.js';

const LOOK_MS = 250;
/** What happens together is told together. */
const GATHER_MS = 1000;
/** Between two messages: what comes meanwhile is told in one. */
const BETWEEN_MS = 10_000;
const MOST_AT_ONCE = 500;
/** A message that a receiver will not have is given up after so many tries; one that nobody hears waits. */
const MOST_REFUSALS = 5;
const OLD_AFTER_MS = 3 * 24 * 3_600_000;

/** Tells each receiver what waits for it, one message after the other; receivers do not wait for each other. */
@Injectable()
export class ChannelWorkerService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly underWay = new Map<ChannelId, Promise<void>>();
  private readonly log: Log;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly channels: ChannelBook,
    private readonly notices: NoticeBook,
    private readonly store: NoticesStore,
    private readonly drivers: ChannelDrivers,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('channels');
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort();
    await Promise.all(this.underWay.values());
  }

  private look(): void {
    if (this.stopping.signal.aborted) return;
    for (const { id, enabled, dueAt } of this.channels.all()) {
      if (!enabled || this.underWay.has(id) || dueAt > this.clock.now() || this.notices.waitingFor(id) === 0) continue;
      const round = this.deliver(id)
        .catch((error: unknown) => this.log.error({ err: error, channel: id }, 'A channel could not be told'))
        .finally(() => this.underWay.delete(id));
      this.underWay.set(id, round);
    }
  }

  private async deliver(id: ChannelId): Promise<void> {
    const batch = await this.nextFor(id);
    const channel = this.channels.find(id);
    if (!batch || !channel) return;
    // The wait is written before the try: whatever ends this process, nobody is called without pause.
    const attempts = channel.attempts + 1;
    const dueAt = this.clock.now() + waitAfter(attempts);
    await this.channels.change(id, () => ({ attempts, dueAt }));
    const { lost } = channel;
    const message = {
      id: batch.messageId,
      atMs: this.clock.now(),
      notices: latestOfEach(batch.rows.map(({ notice }) => notice)),
      lost,
      panelUrl: this.config.BAILIWICK_PUBLIC_URL.replace(/\/+$/, ''),
    };
    try {
      await this.drivers.send(channel, message, this.stopping.signal);
    } catch (error) {
      // Stopped in the middle: the next start sends the same again.
      if (this.stopping.signal.aborted) return;
      if (!(error instanceof NotTaken)) throw error;
      await this.noteFailure({ ...channel, attempts }, batch.rows, error);
      return;
    }
    const now = this.clock.now();
    const taken = { attempts: 0, dueAt: now + BETWEEN_MS, lastSentAt: now };
    await this.notices.remove(id, batch.rows, (row) => ({ ...taken, lost: row.lost - lost }));
  }

  /** What was tried before goes first, as it was; else all that waits, once its time has come. */
  private async nextFor(id: ChannelId): Promise<{ messageId: string; rows: NoticeRow[] } | undefined> {
    const tried = await this.store.tried(id);
    const [first] = tried;
    const waiting = first ? tried : await this.store.oldest(id, MOST_AT_ONCE);
    const now = this.clock.now();
    const old = waiting.filter(({ createdAt }) => now - createdAt > OLD_AFTER_MS);
    if (old.length > 0) await this.giveUp(id, old, {});
    const rows = waiting.slice(old.length);
    const oldest = rows[0];
    if (!oldest) return undefined;
    if (oldest.messageId !== null) return { messageId: oldest.messageId, rows };
    if (now - oldest.createdAt < GATHER_MS) return undefined;
    const messageId = newId('dlv');
    await this.database.transaction((all) => this.store.bind(all, rows, messageId));
    return { messageId, rows };
  }

  private async noteFailure(
    { id, kind, attempts }: KnownChannel,
    rows: readonly NoticeRow[],
    { failure, answer: { status, said }, waitMs }: NotTaken,
  ): Promise<void> {
    this.log.warn({ channel: id, kind, attempts, failure, status }, 'A channel did not take a message');
    const now = this.clock.now();
    const noted = { failure, status, said, failedAt: now };
    if (failure === 'refused' && attempts >= MOST_REFUSALS)
      return this.giveUp(id, rows, { ...noted, attempts: 0, dueAt: now + BETWEEN_MS });
    await this.channels.change(id, () => ({ ...noted, ...(waitMs === undefined ? {} : { dueAt: now + waitMs }) }));
  }

  private async giveUp(id: ChannelId, rows: readonly NoticeRow[], changes: Partial<KnownChannel>): Promise<void> {
    this.log.error({ channel: id, notices: rows.length }, 'What a channel had to tell was given up');
    await this.notices.remove(id, rows, ({ lost }) => ({ ...changes, lost: lost + rows.length }));
  }
}
