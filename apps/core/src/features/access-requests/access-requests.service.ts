import { Injectable } from '@nestjs/common';
import type {
  AccessChange,
  AccessRequest,
  AccessRequestId,
  AccessRequestList,
  ApproveAccess,
  DenyAccess,
  ListAccessRequests,
  RequestAccess,
} from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { allows } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { Clock } from '../../kernel/clock.js';
import { conflict, invalid, notFound } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { newId } from '../../kernel/ids.js';
import { AccessChangesService } from '../access/access-changes.service.js';
import { assertGrantable, grantOf } from '../access/access-changes.rules.js';
import { versionOf } from '../access/grants.rules.js';
import { type Resource, ResourcesService } from '../access/resources.service.js';
import type { AccessRequestRow } from './access-request.entity.js';
import { AccessRequestsStore } from './access-requests.store.js';
import { ANSWER_WITHIN_MS, assertPending, MOST_PENDING, rightsOf, stateOf, targetOf, toShown } from './access-requests.rules.js'; // prettier-ignore

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** Somebody asked for rights, took that back, or was answered. */
    'accessRequest.changed': { requestId: AccessRequestId };
  }
}

/** Asking for rights one lacks, and answering those who ask. */
@Injectable()
export class AccessRequestsService {
  constructor(
    private readonly book: AccessBook,
    private readonly resources: ResourcesService,
    private readonly changes: AccessChangesService,
    private readonly store: AccessRequestsStore,
    private readonly users: UsersService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly events: Events,
  ) {}

  /** One's own, or those one may answer. */
  async list(actor: Actor, { whose, state }: ListAccessRequests): Promise<AccessRequestList> {
    const rows = whose === 'mine' ? await this.store.of(actor.userId) : await this.store.all();
    const shown: AccessRequest[] = [];
    let pending = 0;
    for (const row of rows) {
      const resource = await this.resourceOf(row);
      if (whose === 'theirs' && !this.mayDecide(actor, row, resource)) continue;
      const item = await this.show(actor, row, resource);
      if (item.state === 'pending') pending += 1;
      if (state === undefined || item.state === state) shown.push(item);
    }
    return { items: shown, pending, version: versionOf(shown) };
  }

  /** As its own person and whoever may answer it see it; 404 for everybody else. */
  async get(actor: Actor, id: AccessRequestId): Promise<AccessRequest> {
    const { row, resource } = await this.find(actor, id);
    return this.show(actor, row, resource);
  }

  async request(actor: Actor, { target, capabilities, reason, durationMs }: RequestAccess): Promise<AccessRequest> {
    const resource = await this.resources.get(actor, target.id);
    assertGrantable({ allow: capabilities, deny: [] }, target.kind, 'capabilities');
    const wanted = [...new Set(capabilities)].filter((capability) => !allows(actor, capability, resource.on));
    if (wanted.length === 0) throw conflict('wrong_state', 'You may do that already.');
    const open = (await this.store.of(actor.userId)).filter((row) => stateOf(row, this.clock.now()) === 'pending');
    const same = open.find((row) => row.targetId === target.id && wanted.every((each) => row.capabilities.includes(each)));
    if (same) throw conflict('wrong_state', 'You have asked for that already.', { params: { request: same.id } });
    if (open.length >= MOST_PENDING)
      throw conflict('wrong_state', `${MOST_PENDING} of your requests wait for an answer. Take one back first.`);
    const now = this.clock.now();
    const row: AccessRequestRow = {
      id: newId('ask'),
      tenantId: resource.on.tenantId,
      userId: actor.userId,
      targetKind: target.kind,
      targetId: target.id,
      capabilities: wanted,
      reason,
      durationMs,
      state: 'pending',
      createdAt: now,
      expiresAt: now + ANSWER_WITHIN_MS,
      decidedBy: null,
      decidedByName: null,
      decidedAt: null,
      note: null,
      grantId: null,
    };
    await this.book.change(async (rows) => {
      await this.store.add(rows, row);
      await this.audit.record(rows, {
        actor,
        action: 'access.request',
        target: { kind: target.kind, id: target.id, label: resource.name, tenantId: resource.on.tenantId },
        outcome: 'done',
        details: { request: row.id, capabilities: wanted, reason, durationMs },
      });
      return { writes: {}, result: undefined };
    });
    return this.announced(actor, row, resource);
  }

  /** Grants what was asked for, or less of it; it holds on the very next request. */
  async approve(actor: Actor, id: AccessRequestId, wanted: ApproveAccess): Promise<AccessRequest> {
    const { row, resource } = await this.findToDecide(actor, id);
    const capabilities = wanted.capabilities ?? row.capabilities;
    const foreign = capabilities.filter((capability) => !row.capabilities.includes(capability));
    if (foreign.length > 0)
      throw invalid([{ path: 'capabilities', code: 'not_asked_for', message: `${foreign.join(', ')} was not asked for.` }]);
    const durationMs = wanted.durationMs === undefined ? row.durationMs : wanted.durationMs;
    const change = this.toChange(row, capabilities, durationMs);
    const decided = { state: 'approved' as const, note: wanted.note || null, capabilities, durationMs };
    const { grants } = await this.changes.apply(actor, { changes: [change], reason: row.reason }, async (rows, [grant]) => {
      await this.decide(rows, actor, row, { ...decided, grantId: grant?.id ?? null });
      await this.trail(rows, actor, row, resource, 'access.approve', { capabilities, durationMs, note: wanted.note });
    });
    return this.announced(actor, { ...row, ...decided, grantId: grants[0]?.id ?? null, ...this.by(actor) }, resource);
  }

  async deny(actor: Actor, id: AccessRequestId, { note }: DenyAccess): Promise<AccessRequest> {
    const { row, resource } = await this.findToDecide(actor, id);
    await this.close(actor, row, resource, { state: 'denied', note }, 'access.deny');
    return this.announced(actor, { ...row, state: 'denied', note, ...this.by(actor) }, resource);
  }

  async withdraw(actor: Actor, id: AccessRequestId): Promise<AccessRequest> {
    const { row, resource } = await this.find(actor, id);
    if (row.userId !== actor.userId) throw notFound('access request', id);
    assertPending(row, this.clock.now());
    await this.close(actor, row, resource, { state: 'withdrawn', note: null }, 'access.withdraw');
    return this.announced(actor, { ...row, state: 'withdrawn', ...this.by(actor) }, resource);
  }

  /** For a while it is lent beside what the person has there anyway; without an end it becomes part of that. */
  private toChange(row: AccessRequestRow, capabilities: AccessRequestRow['capabilities'], durationMs: number | null): AccessChange {
    const principal = { kind: 'user' as const, id: row.userId };
    const target = targetOf(row);
    const known = grantOf(this.book.state, principal, target);
    const base = {
      op: 'grant' as const,
      principal,
      target,
      role: known?.role ?? null,
      allow: [...(known?.allow ?? [])],
      deny: [...(known?.deny ?? [])],
      expiresAt: known?.expiresAtMs ? new Date(known.expiresAtMs).toISOString() : null,
      version: known?.version ?? 0,
    };
    return { ...base, allow: [...base.allow, ...capabilities], durationMs } as AccessChange;
  }
}
