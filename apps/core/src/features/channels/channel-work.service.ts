import { Inject, Injectable } from '@nestjs/common';
import {
  type Channel,
  type ChannelId,
  type ChannelList,
  ChannelSettings,
  type ChannelTest,
  type CreateChannel,
  type TenantId,
  type UpdateChannel,
} from '@bailiwick/contract';
import type { Config } from '../../config.js';
import type { Actor } from '../../foundation/access/actor.js';
import { type AuditEntry, AuditService } from '../../foundation/audit/audit.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { MailService } from '../../foundation/mail/mail.service.js';
import { Clock, toIso, toIsoOrNull } from '../../kernel/clock.js';
import { conflict, invalid, notFound } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { Mutex } from '../../kernel/mutex.js';
import { CONFIG } from '../../kernel/tokens.js';
import { versionOf } from '../access/grants.rules.js';
import { ChannelBook, type KnownChannel } from './channel-book.service.js';
import { NotTaken } from './channel-driver.js';
import { ChannelDrivers } from './channel-drivers.service.js';
import { mergedSettings, nameKeyOf, problemOf } from './channels.rules.js';
import { NoticeBook } from './notice-book.service.js';

const MOST = 50;
const MOST_OF_TENANT = 10;
/** Letters go out in the name of the installation. */
const NO_MAIL = { path: 'settings.kind', code: 'staff_only', message: 'Mail is set up by staff.' };
/** Tenants know nothing of the names of others. */
const keyOn = (ground: Ground, name: string): string =>
  ground === null ? nameKeyOf(name) : `${ground} ${nameKeyOf(name)}`;

/** Whose channels: all of them, or those a tenant set up itself. */
export type Ground = TenantId | null;

/** What is done with channels, whoever may do it. */
@Injectable()
export class ChannelWork {
  private readonly turn = new Mutex();

  constructor(
    private readonly book: ChannelBook,
    private readonly notices: NoticeBook,
    private readonly drivers: ChannelDrivers,
    private readonly tenants: TenantsService,
    private readonly mail: MailService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async list(ground: Ground): Promise<ChannelList> {
    const items = await Promise.all(this.on(ground).map((channel) => this.show(channel, ground)));
    items.sort((one, other) => one.name.localeCompare(other.name, 'en'));
    return { items, version: versionOf(items) };
  }

  create(actor: Actor, ground: Ground, { settings, ...wanted }: CreateChannel): Promise<Channel> {
    if (ground !== null && settings.kind === 'mail') throw invalid([NO_MAIL]);
    if (settings.kind === 'mail') this.mail.assertConfigured();
    return this.turn.run(async () => {
      await this.assertFits(ground, wanted);
      const most = ground === null ? MOST : MOST_OF_TENANT;
      const same = this.book
        .all()
        .filter(({ delegated, tenantId }) => (ground === null ? !delegated : delegated && tenantId === ground));
      if (same.length >= most)
        throw conflict('wrong_state', `There are ${most} channels already.`, {
          hint: 'Delete one that is not needed.',
        });
      const { name, rules, tenant: tenantId, recoveries, enabled } = wanted;
      const now = this.clock.now();
      const id = newId('chn');
      const channel: KnownChannel = {
        id,
        name,
        nameKey: keyOn(ground, name),
        kind: settings.kind,
        sealed: this.drivers.seal(id, settings),
        rules,
        tenantId,
        delegated: ground !== null,
        recoveries,
        enabled,
        createdAt: now,
        since: now,
        attempts: 0,
        dueAt: now,
        lost: 0,
        lastSentAt: null,
        failure: null,
        status: null,
        said: null,
        failedAt: null,
      };
      await this.book.add(channel, (rows) => this.audit.record(rows, entry(actor, 'channels.create', channel)));
      return this.show(channel, ground);
    });
  }

  /** What waits is told as it is set up then; one that is switched off has nothing to tell any more. */
  update(actor: Actor, ground: Ground, id: ChannelId, { settings, ...wanted }: UpdateChannel): Promise<Channel> {
    return this.turn.run(async () => {
      const before = this.get(ground, id);
      const whose = before.delegated ? before.tenantId : null;
      await this.assertFits(whose, wanted, id);
      const sealed = this.drivers.seal(id, this.changed(before, settings));
      const { name, rules, tenant, recoveries, enabled } = wanted;
      const tenantId = before.delegated ? before.tenantId : tenant;
      const now = this.clock.now();
      const changes = { name, nameKey: keyOn(whose, name), sealed, rules, tenantId, recoveries, enabled };
      const trail = entry(actor, 'channels.update', { ...before, ...changes });
      // Whoever set it right does not wait for the next try.
      const again = { ...changes, attempts: 0, dueAt: now };
      if (before.enabled === enabled)
        await this.book.change(
          id,
          () => again,
          (rows) => this.audit.record(rows, trail),
        );
      else
        await this.notices.clear(id, (clearing) =>
          this.book.change(
            id,
            () => ({ ...again, since: now, lost: 0 }),
            async (rows) => {
              await clearing(rows);
              await this.audit.record(rows, trail);
            },
          ),
        );
      return this.show(this.get(ground, id), ground);
    });
  }

  delete(actor: Actor, ground: Ground, id: ChannelId): Promise<void> {
    return this.turn.run(async () => {
      const channel = this.get(ground, id);
      await this.notices.clear(id, (clearing) =>
        this.book.remove(id, async (rows) => {
          await clearing(rows);
          await this.audit.record(rows, entry(actor, 'channels.delete', channel));
        }),
      );
    });
  }

  /** A message at once, whatever waits: what the receiver answers is the result. */
  async test(actor: Actor, ground: Ground, id: ChannelId): Promise<ChannelTest> {
    const channel = this.get(ground, id);
    const began = performance.now();
    const tested = await this.tried(channel);
    const trail = {
      ...entry(actor, 'channels.test', channel),
      details: { kind: channel.kind, failure: tested.failure },
    };
    await this.audit.record(null, trail);
    return { ...tested, said: ground === null ? tested.said : null, tookMs: Math.round(performance.now() - began) };
  }

  private async tried(channel: KnownChannel): Promise<Omit<ChannelTest, 'tookMs'>> {
    const panelUrl = this.config.BAILIWICK_PUBLIC_URL.replace(/\/+$/, '');
    const message = { id: newId('dlv'), atMs: this.clock.now(), notices: [], lost: 0, panelUrl };
    try {
      return { failure: null, ...(await this.drivers.send(channel, message, new AbortController().signal)) };
    } catch (error) {
      if (error instanceof NotTaken) return { failure: error.failure, ...error.answer };
      throw error;
    }
  }

  private async assertFits(
    ground: Ground,
    { name, tenant }: { name: string; tenant: TenantId | null },
    own?: ChannelId,
  ) {
    const nameKey = keyOn(ground, name);
    if (this.book.all().some((other) => other.nameKey === nameKey && other.id !== own))
      throw conflict('name_taken', `There is a channel ${name} already.`, { params: { name } });
    if (tenant !== null) await this.tenants.get(tenant);
  }

  private changed(before: KnownChannel, change: UpdateChannel['settings']): ChannelSettings {
    const kept = ChannelSettings.parse(this.drivers.open(before));
    const problem = problemOf(kept, change);
    if (problem) throw invalid([problem]);
    return ChannelSettings.parse(mergedSettings(kept, change));
  }

  private on(ground: Ground): KnownChannel[] {
    return this.book.all().filter(({ delegated, tenantId }) => ground === null || (delegated && tenantId === ground));
  }

  private get(ground: Ground, id: ChannelId): KnownChannel {
    const channel = this.on(ground).find((each) => each.id === id);
    if (!channel) throw notFound('channel', id);
    return channel;
  }

  /** What a receiver says may be of a network only staff may look into. */
  private async show(channel: KnownChannel, ground: Ground): Promise<Channel> {
    const { id, name, rules, tenantId, recoveries, enabled, createdAt, lost, lastSentAt } = channel;
    const { failure, status, failedAt, attempts, dueAt, delegated } = channel;
    const said = ground === null ? channel.said : null;
    const isOver = attempts === 0 || !enabled;
    return {
      id,
      name,
      settings: this.drivers.shown(channel),
      rules,
      tenant: tenantId === null ? null : { id: tenantId, name: (await this.tenants.get(tenantId)).name },
      delegated,
      recoveries,
      enabled,
      createdAt: toIso(createdAt),
      waiting: this.notices.waitingFor(id),
      lost,
      lastSentAt: toIsoOrNull(lastSentAt),
      lastFailure:
        failure === null || failedAt === null
          ? null
          : { failure, status, said, at: toIso(failedAt), isOver, nextTryAt: isOver ? null : toIso(dueAt) },
    };
  }
}

function entry(actor: Actor, action: string, channel: KnownChannel): AuditEntry {
  const { id, name, kind, rules, tenantId, delegated, recoveries, enabled } = channel;
  const whose = delegated && tenantId !== null ? tenantId : actor.tenantId;
  return {
    actor,
    action,
    target: { kind: 'channel', id, label: name, tenantId: whose },
    outcome: 'done',
    details: { kind, rules, tenant: tenantId, recoveries, enabled },
  };
}
