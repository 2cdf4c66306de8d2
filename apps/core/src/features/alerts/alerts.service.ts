import { Injectable } from '@nestjs/common';
import type { Alert, AlertId, AlertList, Capability, ListAlerts, Rights, SilenceAlert } from '@bailiwick/contract';
import { AccessRequestId } from '@bailiwick/contract';
import { rightsOn, type Target } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { type AuditEntry, AuditService } from '../../foundation/audit/audit.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { conflict, notFound } from '../../kernel/errors.js';
import { AccessRequestsService } from '../access-requests/access-requests.service.js';
import { versionOf } from '../access/grants.rules.js';
import type { AlertRow } from './alert.entity.js';
import { AlertBook } from './alert-book.service.js';
import { AlertSilencing } from './alert-silencing.service.js';
import { closing, endsByAnswer, toAlert } from './alerts.rules.js';

/** Who may restart a thing may say that its trouble is being seen to; of what is no container, staff. */
const ANSWERS: Capability = 'containers.restart';

/** What needs somebody, as far as each reader may see it, and what they say to it. */
@Injectable()
export class AlertsService {
  constructor(
    private readonly access: AccessService,
    private readonly book: AlertBook,
    private readonly silencing: AlertSilencing,
    private readonly mirrors: MirrorsService,
    private readonly requests: AccessRequestsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The newest first. */
  async list(actor: Actor, { state, container, environment }: ListAlerts): Promise<AlertList> {
    const open = await this.visible(actor, this.book.open());
    const closed = state === 'open' ? [] : await this.visible(actor, await this.book.closed());
    const items = [...(state === 'closed' ? [] : open), ...closed]
      .filter(({ containerId }) => container === undefined || containerId === container)
      .filter(({ environmentId }) => environment === undefined || environmentId === environment)
      .toSorted((one, other) => other.lastAt - one.lastAt || (one.id < other.id ? -1 : 1))
      .map((row) => this.show(actor, row));
    return { items, open: open.length, version: versionOf(items) };
  }

  async findShown(actor: Actor, id: AlertId): Promise<Alert | undefined> {
    const row = await this.book.find(id);
    return row && (await this.isVisible(actor, row)) ? this.show(actor, row) : undefined;
  }

  async get(actor: Actor, id: AlertId): Promise<Alert> {
    return this.show(actor, await this.getRow(actor, id));
  }

  /** Somebody sees to it; what nothing else ends is over with that. */
  async acknowledge(actor: Actor, id: AlertId): Promise<Alert> {
    const row = await this.toAnswer(actor, id);
    const now = this.clock.now();
    const answered = { acknowledgedAt: now, acknowledgedBy: actor.userId, acknowledgedByName: actor.displayName };
    const change = endsByAnswer(row) ? { ...answered, ...closing('acknowledged', now) } : answered;
    return this.answer(actor, row, change, 'alerts.acknowledge', {});
  }

  /** Nobody is told of it for a while, however often it happens. */
  async silence(actor: Actor, id: AlertId, { durationMs }: SilenceAlert): Promise<Alert> {
    const row = await this.toAnswer(actor, id);
    const silencedUntil = this.clock.now() + durationMs;
    return this.answer(actor, row, { silencedUntil }, 'alerts.silence', { until: toIso(silencedUntil) });
  }

  async unsilence(actor: Actor, id: AlertId): Promise<Alert> {
    const row = await this.toAnswer(actor, id);
    return this.answer(actor, row, { silencedUntil: null }, 'alerts.unsilence', {});
  }

  private async answer(
    actor: Actor,
    row: AlertRow,
    change: Partial<AlertRow>,
    action: string,
    details: Record<string, unknown>,
  ): Promise<Alert> {
    const entry: AuditEntry = {
      actor,
      action,
      target: { kind: row.thingKind, id: row.thingId, label: row.label, tenantId: row.tenantId ?? actor.tenantId },
      outcome: 'done',
      details: { alert: row.id, rule: row.rule, ...details },
    };
    return this.show(actor, await this.book.answer(row, change, (rows) => this.audit.record(rows, entry)));
  }

  private async toAnswer(actor: Actor, id: AlertId): Promise<AlertRow> {
    const row = await this.getRow(actor, id);
    this.access.require(actor, ANSWERS, this.targetOf(row));
    if (row.closedAt !== null) throw conflict('wrong_state', 'This is over already.', { params: { state: 'closed' } });
    return row;
  }

  private async getRow(actor: Actor, id: AlertId): Promise<AlertRow> {
    const row = await this.book.find(id);
    if (!row || !(await this.isVisible(actor, row))) throw notFound('alert', id);
    return row;
  }

  private async visible(actor: Actor, rows: readonly AlertRow[]): Promise<AlertRow[]> {
    const seen = await Promise.all(rows.map((row) => this.isVisible(actor, row)));
    return rows.filter((_, position) => seen[position]);
  }

  private async isVisible(actor: Actor, row: AlertRow): Promise<boolean> {
    const target = this.targetOf(row);
    switch (row.rule) {
      case 'access_requested':
        return row.userId !== actor.userId && (await this.mayAnswerRequest(actor, row));
      case 'operation_failed':
        if (target) return this.access.allows(actor, 'operations.see', target);
        return this.isOfStaff(actor) || (row.userId === actor.userId && this.access.allows(actor, 'operations.see', null)); // prettier-ignore
      case 'container_cpu':
      case 'container_memory':
      case 'container_disk':
        return target ? this.maySeeUse(actor, target) : this.isOfStaff(actor);
      default:
        return target ? this.access.allows(actor, 'containers.see', target) : this.isOfStaff(actor);
    }
  }

  private maySeeUse(actor: Actor, target: Target): boolean {
    return this.access.allows(actor, 'containers.see', target) && this.access.allows(actor, 'containers.stats', target);
  }

  private async mayAnswerRequest(actor: Actor, { thingId }: AlertRow): Promise<boolean> {
    return (await this.requests.findShown(actor, AccessRequestId.parse(thingId))) !== undefined;
  }

  /** Of an engine, and of what is no more. */
  private isOfStaff(actor: Actor): boolean {
    return this.access.allows(actor, 'settings.see', null);
  }

  /** The container it is about; null where it is about none, or where that is gone. */
  private targetOf({ containerId }: AlertRow): Target | null {
    if (containerId === null) return null;
    return this.mirrors.container(containerId) ?? this.mirrors.awaited(containerId) ?? null;
  }

  private show(actor: Actor, row: AlertRow): Alert {
    const target = this.targetOf(row);
    const asked: Capability[] = [ANSWERS, 'containers.logs'];
    const rights: Rights = target
      ? rightsOn(actor, asked, target)
      : { can: this.access.allows(actor, ANSWERS, null) ? asked : [], why: {} };
    return toAlert(row, rights, this.silencing.of(row));
  }
}
