import { Injectable } from '@nestjs/common';
import type { AlertSilenceId, Capability, CreateSilence, Silence, SilenceList } from '@bailiwick/contract';
import type { Target } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { type AuditEntry, AuditService } from '../../foundation/audit/audit.service.js';
import { Clock, toIso, toIsoOrNull } from '../../kernel/clock.js';
import { conflict, invalid, notFound } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { versionOf } from '../access/grants.rules.js';
import { ResourcesService } from '../access/resources.service.js';
import { type KnownSilence, SilenceBook } from './silence-book.service.js';
import { keptTime, type Phase } from './silences.rules.js';

/** Who may say of one alert that its trouble is being seen to may say so of all that it is in. */
const SILENCES: Capability = 'containers.restart';
const MOST = 500;

/** When and where nobody is told of alerts, as far as each reader may know. */
@Injectable()
export class SilencesService {
  constructor(
    private readonly access: AccessService,
    private readonly book: SilenceBook,
    private readonly resources: ResourcesService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** What silences now first, then what begins next. */
  async list(actor: Actor): Promise<SilenceList> {
    const shown = await Promise.all(this.book.all().map(({ silence, phase }) => this.find(actor, silence, phase)));
    const begins = ({ activeUntil, nextFrom }: Silence) => (activeUntil === null ? (nextFrom ?? '') : '');
    const items = shown
      .flatMap((silence) => silence ?? [])
      .toSorted((one, other) => begins(one).localeCompare(begins(other)) || (one.id < other.id ? -1 : 1));
    return { items, version: versionOf(items) };
  }

  async create(actor: Actor, { reason, rule, scope, time }: CreateSilence): Promise<Silence> {
    const now = this.clock.now();
    const target = scope && (await this.resources.get(actor, scope.id)).on;
    this.access.require(actor, SILENCES, asked(rule, scope, target));
    const checked = keptTime(time, now);
    if (!('kept' in checked)) throw invalid([{ ...checked, code: 'invalid_time' }]);
    if (this.book.all().length >= MOST)
      throw conflict('wrong_state', `There are ${MOST} silences already.`, { hint: 'End one that is not needed.' });
    const silence: KnownSilence = {
      id: newId('sil'),
      reason,
      rule,
      scope,
      time: checked.kept,
      createdBy: actor.userId,
      createdByName: actor.displayName,
      createdAt: now,
    };
    const label = await this.labelOf(silence);
    await this.book.add(silence, (rows) => this.audit.record(rows, entry(actor, 'silences.create', silence, label)));
    return this.getShown(actor, silence.id);
  }

  /** It is over at once. */
  async delete(actor: Actor, id: AlertSilenceId): Promise<void> {
    const shown = await this.getShown(actor, id);
    const { rule, scope } = shown;
    const target = scope && ((await this.resources.find(actor, scope.id))?.on ?? null);
    this.access.require(actor, SILENCES, asked(rule, scope, target));
    await this.book.remove(id, (rows) => this.audit.record(rows, entry(actor, 'silences.delete', shown, shown.label)));
  }

  private async getShown(actor: Actor, id: AlertSilenceId): Promise<Silence> {
    const found = this.book.find(id);
    const shown = found && (await this.find(actor, found.silence, found.phase));
    if (!shown) throw notFound('silence', id);
    return shown;
  }

  /** Undefined for who does not see what it is about; of what is gone, staff does. */
  private async find(actor: Actor, silence: KnownSilence, phase: Phase): Promise<Silence | undefined> {
    const { id, reason, rule, scope, time, createdBy, createdByName, createdAt } = silence;
    const resource = scope && (await this.resources.of(scope, actor.tenantId));
    const isSeen = scope === null || (resource ? await this.resources.sees(actor, scope) : this.isOfStaff(actor));
    if (!isSeen) return undefined;
    const may = this.access.allows(actor, SILENCES, asked(rule, scope, resource?.on ?? null));
    return {
      id,
      reason,
      rule,
      scope,
      label: resource?.name ?? null,
      time,
      by: { id: createdBy, name: createdByName },
      createdAt: toIso(createdAt),
      activeUntil: toIsoOrNull(phase.activeUntil),
      nextFrom: toIsoOrNull(phase.nextFrom),
      rights: { can: may ? [SILENCES] : [], why: {} },
    };
  }

  private isOfStaff(actor: Actor): boolean {
    return this.access.allows(actor, 'settings.see', null);
  }

  private async labelOf({ scope }: Pick<KnownSilence, 'scope'>): Promise<string | null> {
    return scope && this.resources.nameOf(scope);
  }
}

/** Null, which staff holds only: for everywhere, for a whole engine, and so that nobody who asks for access goes unheard. */
function asked(rule: KnownSilence['rule'], scope: KnownSilence['scope'], target: Target | null): Target | null {
  return rule === 'access_requested' || scope?.kind === 'environment' ? null : target;
}

function entry(
  actor: Actor,
  action: string,
  { id, reason, rule, scope, time }: Pick<Silence, 'id' | 'reason' | 'rule' | 'scope' | 'time'>,
  label: string | null,
): AuditEntry {
  const target = { kind: 'silence', id, label: label ?? reason, tenantId: actor.tenantId };
  return { actor, action, target, outcome: 'done', details: { reason, rule, scope, time } };
}
