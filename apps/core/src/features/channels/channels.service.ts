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
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { type AuditEntry, AuditService } from '../../foundation/audit/audit.service.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
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

/** By what people are told of alerts. The installation sends in its own name, so staff says where. */
@Injectable()
export class ChannelsService {
  private readonly turn = new Mutex();

  constructor(
    private readonly access: AccessService,
    private readonly stepUp: StepUpService,
    private readonly book: ChannelBook,
    private readonly notices: NoticeBook,
    private readonly drivers: ChannelDrivers,
    private readonly tenants: TenantsService,
    private readonly mail: MailService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async list(actor: Actor): Promise<ChannelList> {
    this.access.require(actor, 'settings.see', null);
    const items = await Promise.all(this.book.all().map((channel) => this.show(channel)));
    items.sort((one, other) => one.name.localeCompare(other.name, 'en'));
    return { items, version: versionOf(items) };
  }

  create(actor: Actor, { settings, ...wanted }: CreateChannel): Promise<Channel> {
    this.assertMayChange(actor);
    if (settings.kind === 'mail') this.mail.assertConfigured();
    return this.turn.run(async () => {
      await this.assertFits(wanted);
      if (this.book.all().length >= MOST)
        throw conflict('wrong_state', `There are ${MOST} channels already.`, {
          hint: 'Delete one that is not needed.',
        });
      const { name, rules, tenant: tenantId, recoveries, enabled } = wanted;
      const now = this.clock.now();
      const id = newId('chn');
      const channel: KnownChannel = {
        id,
        name,
        nameKey: nameKeyOf(name),
        kind: settings.kind,
        sealed: this.drivers.seal(id, settings),
        rules,
        tenantId,
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
      return this.show(channel);
    });
  }

  /** What waits is told as it is set up then; one that is switched off has nothing to tell any more. */
  update(actor: Actor, id: ChannelId, { settings, ...wanted }: UpdateChannel): Promise<Channel> {
    this.assertMayChange(actor);
    return this.turn.run(async () => {
      const before = this.get(id);
      await this.assertFits(wanted, id);
      const sealed = this.drivers.seal(id, this.changed(before, settings));
      const { name, rules, tenant: tenantId, recoveries, enabled } = wanted;
      const now = this.clock.now();
      const changes = { name, nameKey: nameKeyOf(name), sealed, rules, tenantId, recoveries, enabled };
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
      return this.show(this.get(id));
    });
  }

  delete(actor: Actor, id: ChannelId): Promise<void> {
    this.assertMayChange(actor);
    return this.turn.run(async () => {
      const channel = this.get(id);
      await this.notices.clear(id, (clearing) =>
        this.book.remove(id, async (rows) => {
          await clearing(rows);
          await this.audit.record(rows, entry(actor, 'channels.delete', channel));
        }),
      );
    });
  }

  /** A message at once, whatever waits: what the receiver answers is the result. */
  async test(actor: Actor, id: ChannelId): Promise<ChannelTest> {
    this.assertMayChange(actor);
    const channel = this.get(id);
    const began = performance.now();
    const tested = await this.tried(channel);
    const trail = {
      ...entry(actor, 'channels.test', channel),
      details: { kind: channel.kind, failure: tested.failure },
    };
    await this.audit.record(null, trail);
    return { ...tested, tookMs: Math.round(performance.now() - began) };
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

  private assertMayChange(actor: Actor): void {
    this.access.require(actor, 'settings.update', null);
    this.stepUp.assertProved(actor);
  }

  private async assertFits({ name, tenant }: { name: string; tenant: TenantId | null }, own?: ChannelId) {
    const nameKey = nameKeyOf(name);
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

  private get(id: ChannelId): KnownChannel {
    const channel = this.book.find(id);
    if (!channel) throw notFound('channel', id);
    return channel;
  }

  private async show(channel: KnownChannel): Promise<Channel> {
    const { id, name, rules, tenantId, recoveries, enabled, createdAt, lost, lastSentAt } = channel;
    const { failure, status, said, failedAt, attempts, dueAt } = channel;
    const isOver = attempts === 0 || !enabled;
    return {
      id,
      name,
      settings: this.drivers.shown(channel),
      rules,
      tenant: tenantId === null ? null : { id: tenantId, name: (await this.tenants.get(tenantId)).name },
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
  const { id, name, kind, rules, tenantId, recoveries, enabled } = channel;
  return {
    actor,
    action,
    target: { kind: 'channel', id, label: name, tenantId: actor.tenantId },
    outcome: 'done',
    details: { kind, rules, tenant: tenantId, recoveries, enabled },
  };
}
