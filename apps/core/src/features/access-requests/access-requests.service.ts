import { Injectable } from '@nestjs/common';
import {
  type AccessChange,
  type AccessRequest,
  type AccessRequestId,
  type AccessRequestList,
  type ApproveAccess,
  type Capability,
  type DenyAccess,
  type ListAccessRequests,
  NO_ROLE,
  type RequestAccess,
  type TenantId,
  type UserId,
} from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { AccessBook } from '../../foundation/access/access-book.js';
import { allows, decidingRule } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { isOver } from '../../foundation/access/standing.rules.js';
import { type AuditEntry, AuditService } from '../../foundation/audit/audit.service.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { Clock, toIso, toIsoOrNull } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { conflict, invalid, notFound } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { newId } from '../../kernel/ids.js';
import { AccessPlanService } from '../access/access-plan.service.js';
import { AccessChangesService } from '../access/access-changes.service.js';
import { assertGrantable, grantOf, isOnlyLent } from '../access/access-changes.rules.js';
import { versionOf } from '../access/grants.rules.js';
import { PrincipalsService } from '../access/principals.service.js';
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
    private readonly access: AccessService,
    private readonly book: AccessBook,
    private readonly database: Database,
    private readonly principals: PrincipalsService,
    private readonly plans: AccessPlanService,
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
      const resource = await this.resources.of(targetOf(row), row.tenantId);
      if (!resource || (whose === 'theirs' && !this.mayDecide(actor, resource))) continue;
      const item = await this.show(actor, row, resource);
      if (item.state === 'pending') pending += 1;
      if (state === undefined || item.state === state) shown.push(item);
    }
    return { items: shown, pending, version: versionOf(shown) };
  }

  /** Both kinds at once, as they are followed. */
  async all(actor: Actor): Promise<AccessRequest[]> {
    const [own, theirs] = await Promise.all([
      this.list(actor, { whose: 'mine' }),
      this.list(actor, { whose: 'theirs' }),
    ]);
    return [...own.items, ...theirs.items.filter(({ user }) => user.id !== actor.userId)];
  }

  async findShown(actor: Actor, id: AccessRequestId): Promise<AccessRequest | undefined> {
    const row = await this.store.find(id);
    const resource = row && (await this.resources.of(targetOf(row), row.tenantId));
    if (!row || !resource || !this.maySee(actor, row, resource)) return undefined;
    return this.show(actor, row, resource);
  }

  /** For the core's own use: who waits for an answer, on what; undefined where it was answered or came too late. */
  async findPending(id: AccessRequestId): Promise<PendingRequest | undefined> {
    const row = await this.store.find(id);
    if (!row || stateOf(row, this.clock.now()) !== 'pending') return undefined;
    const resource = await this.resources.of(targetOf(row), row.tenantId);
    const by = (await this.users.find(row.userId))?.displayName ?? row.userId;
    return (
      resource && { tenantId: row.tenantId, userId: row.userId, by, name: resource.name, askedAtMs: row.createdAt }
    );
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
    const same = open.find(
      (row) => row.targetId === target.id && wanted.every((each) => row.capabilities.includes(each)),
    );
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
    await this.database.transaction(async (rows) => {
      await this.store.add(rows, row);
      await this.audit.record(rows, this.entry(actor, row, resource, 'access.request', { reason, durationMs }));
    });
    return this.announced(actor, row, resource);
  }

  /** Grants what was asked for, or less of it; it holds on the very next request. */
  async approve(actor: Actor, id: AccessRequestId, wanted: ApproveAccess): Promise<AccessRequest> {
    const { row, resource } = await this.findToDecide(actor, id);
    const capabilities = wanted.capabilities ?? row.capabilities;
    const foreign = capabilities.filter((capability) => !row.capabilities.includes(capability));
    if (foreign.length > 0)
      throw invalid([
        { path: 'capabilities', code: 'not_asked_for', message: `${foreign.join(', ')} was not asked for.` },
      ]);
    const durationMs = wanted.durationMs === undefined ? row.durationMs : wanted.durationMs;
    const change = this.toChange(row, capabilities, durationMs);
    await this.assertHelps(actor, row, change, capabilities, resource);
    const decided = {
      state: 'approved' as const,
      note: wanted.note || null,
      capabilities,
      durationMs,
      ...this.by(actor),
    };
    const edit = { changes: [change], reason: row.reason };
    const { grants } = await this.changes.apply(actor, edit, async (rows, [grantId = null]) => {
      await this.decide(rows, row, { ...decided, grantId });
      await this.audit.record(rows, this.entry(actor, { ...row, capabilities }, resource, 'access.approve', { durationMs, note: wanted.note })); // prettier-ignore
    });
    return this.announced(actor, { ...row, ...decided, grantId: grants[0]?.id ?? null }, resource);
  }

  async deny(actor: Actor, id: AccessRequestId, { note }: DenyAccess): Promise<AccessRequest> {
    const { row, resource } = await this.findToDecide(actor, id);
    const denied = await this.close(actor, row, resource, { state: 'denied', note }, 'access.deny');
    return this.announced(actor, denied, resource);
  }

  async withdraw(actor: Actor, id: AccessRequestId): Promise<AccessRequest> {
    const { row, resource } = await this.find(actor, id);
    if (row.userId !== actor.userId) throw notFound('access request', id);
    assertPending(row, this.clock.now());
    const taken = await this.close(actor, row, resource, { state: 'withdrawn', note: null }, 'access.withdraw');
    return this.announced(actor, taken, resource);
  }

  /** For a while it is lent beside what the person has there anyway; without an end it becomes part of that. */
  private toChange(
    row: AccessRequestRow,
    capabilities: readonly Capability[],
    durationMs: number | null,
  ): AccessChange {
    const principal = { kind: 'user' as const, id: row.userId };
    const target = targetOf(row);
    if (durationMs !== null)
      return {
        op: 'lend',
        principal,
        target,
        capabilities: [...capabilities],
        until: toIso(this.clock.now() + durationMs),
      };
    const there = grantOf(this.book.state, principal, target);
    const known = there && !isOver(there, this.clock.now()) ? there : undefined;
    const given = new Set(capabilities);
    return {
      op: 'grant',
      principal,
      target,
      role: known ? known.role : NO_ROLE,
      allow: [...new Set([...(known?.allow ?? []), ...capabilities])],
      deny: [...(known?.deny ?? [])].filter((capability) => !given.has(capability)),
      // What has no end outlasts what had one.
      expiresAt: known && !isOnlyLent(known) ? toIsoOrNull(known.expiresAtMs) : null,
      version: there?.version ?? 0,
    };
  }

  /** 409 where it would change nothing: something else takes it away from this person. */
  private async assertHelps(
    actor: Actor,
    row: AccessRequestRow,
    change: AccessChange,
    capabilities: readonly Capability[],
    resource: Resource,
  ): Promise<void> {
    const person = await this.principals.find(row.userId);
    if (!person) throw notFound('user', row.userId);
    const { after } = await this.plans.plan(actor, this.book.state, [change], row.reason);
    const then = this.principals.asIn(after, person);
    const missing = capabilities.filter((capability) => !allows(then, capability, resource.on));
    const [first] = missing;
    if (first === undefined) return;
    throw conflict('wrong_state', `Something else takes ${missing.join(', ')} away from them.`, {
      hint: 'Ask for the explanation, and change what it names first.',
      params: { missing, decidedBy: decidingRule(then, first, resource.on) },
    });
  }

  private async close(
    actor: Actor,
    row: AccessRequestRow,
    { target, name }: Pick<Resource, 'target' | 'name'>,
    decision: Pick<AccessRequestRow, 'state' | 'note'>,
    action: string,
  ): Promise<AccessRequestRow> {
    const decided = { ...decision, ...this.by(actor) };
    await this.database.transaction(async (rows) => {
      await this.decide(rows, row, decided);
      await this.audit.record(rows, this.entry(actor, row, { target, name }, action, { note: decision.note }));
    });
    return { ...row, ...decided };
  }

  /** Of two answers at once one counts, and the other is told. */
  private async decide(rows: EntityManager, row: AccessRequestRow, decision: Partial<AccessRequestRow>): Promise<void> {
    if (await this.store.decide(rows, { ...decision, id: row.id })) return;
    throw conflict('wrong_state', 'Somebody has answered this just now.', { params: { request: row.id } });
  }

  private by({ userId, displayName }: Actor) {
    return { decidedBy: userId, decidedByName: displayName, decidedAt: this.clock.now() };
  }

  private entry(
    actor: Actor,
    row: AccessRequestRow,
    { target, name }: Pick<Resource, 'target' | 'name'>,
    action: string,
    details: Record<string, unknown>,
  ): AuditEntry {
    const { id, userId, capabilities, tenantId } = row;
    return {
      actor,
      action,
      target: { kind: target.kind, id: target.id, label: name, tenantId },
      outcome: 'done',
      details: { request: id, by: userId, capabilities, ...details },
    };
  }

  private async announced(actor: Actor, row: AccessRequestRow, resource: Resource): Promise<AccessRequest> {
    this.events.publish('accessRequest.changed', { requestId: row.id });
    return this.show(actor, row, resource);
  }

  private async find(actor: Actor, id: AccessRequestId): Promise<Found> {
    const row = await this.store.find(id);
    if (!row) throw notFound('access request', id);
    const resource = await this.resources.of(targetOf(row), row.tenantId);
    if (!resource || !this.maySee(actor, row, resource)) throw notFound('access request', id);
    return { row, resource };
  }

  private async findToDecide(actor: Actor, id: AccessRequestId): Promise<Found> {
    const found = await this.find(actor, id);
    this.access.require(actor, 'containers.manageAccess', found.resource.on);
    assertPending(found.row, this.clock.now());
    return found;
  }

  private maySee(actor: Actor, { userId }: AccessRequestRow, resource: Resource): boolean {
    return userId === actor.userId || this.mayDecide(actor, resource);
  }

  private mayDecide(actor: Actor, { on }: Resource): boolean {
    return allows(actor, 'containers.manageAccess', on);
  }

  private async show(actor: Actor, row: AccessRequestRow, resource: Resource): Promise<AccessRequest> {
    const now = this.clock.now();
    const isOwn = row.userId === actor.userId;
    const rights = rightsOf(stateOf(row, now), {
      decide: this.mayDecide(actor, resource),
      withdraw: isOwn && allows(actor, 'account.manage', null),
    });
    const userName = (await this.users.find(row.userId))?.displayName ?? row.userId;
    // Whoever lost sight of it since does not learn what it is called now.
    const targetName = (await this.resources.sees(actor, resource.target)) ? resource.name : null;
    return toShown(row, { userName, targetName, rights }, now);
  }
}

interface PendingRequest {
  readonly tenantId: TenantId;
  readonly userId: UserId;
  readonly by: string;
  /** Of what it is about. */
  readonly name: string;
  readonly askedAtMs: number;
}

interface Found {
  readonly row: AccessRequestRow;
  readonly resource: Resource;
}
