import { Injectable } from '@nestjs/common';
import {
  type ContainerId,
  ProjectId,
  type Quota,
  type QuotaLevel,
  type QuotaState,
  type QuotaSubject,
  type QuotaUsage,
  TenantId,
  type UserId,
} from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { onTenant } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { conflict, notFound } from '../../kernel/errors.js';
import { ResourcesService } from '../access/resources.service.js';
import { exceeded, NO_USAGE, toSentence, usageOf } from './quotas.rules.js';
import { type Counted, QuotasStore } from './quotas.store.js';

const QUOTA_LOCK = 7_611;

/** What something counts for. */
export interface Counting {
  readonly tenantId: TenantId;
  readonly projectId: ProjectId | null;
  readonly ownerId: UserId | null;
}

/** Whose quota something would be more than, with the numbers. */
export interface ExceededQuota {
  readonly level: QuotaLevel;
  readonly subject: QuotaSubject;
  readonly exceeded: ReturnType<typeof exceeded>;
}

/** How much a tenant, a project or a person may take together. */
@Injectable()
export class QuotasService {
  /** Being started: they count before their engine says that they run. */
  private readonly waking = new Set<ContainerId>();

  constructor(
    private readonly access: AccessService,
    private readonly store: QuotasStore,
    private readonly tenants: TenantsService,
    private readonly users: UsersService,
    private readonly resources: ResourcesService,
    private readonly mirrors: MirrorsService,
    private readonly audit: AuditService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async get(actor: Actor, subject: QuotaSubject): Promise<QuotaState> {
    await this.nameFor(actor, subject);
    return this.stateOf(subject);
  }

  /** A project's is changed with the project. */
  async put(actor: Actor, subject: TenantId | UserId, quota: Quota): Promise<QuotaState> {
    this.access.require(actor, 'tenants.quotas', null);
    const label = await this.nameFor(actor, subject);
    await this.database.transaction(async (rows) => {
      const before = await this.store.of(subject, rows);
      await this.store.put(rows, { subject, quota, updatedBy: actor.userId, updatedAt: this.clock.now() });
      await this.audit.record(rows, {
        actor,
        action: 'tenants.quotas',
        target: { kind: TenantId.safeParse(subject).success ? 'tenant' : 'user', id: subject, label },
        outcome: 'done',
        details: { before, after: quota },
      });
    });
    return this.stateOf(subject);
  }

  /** 409 where it would be too much, with the numbers. Inside the transaction that makes it: of two at once one counts. */
  async assertFits(rows: EntityManager, counting: Counting, wanted: QuotaUsage): Promise<void> {
    await this.database.lock(rows, QUOTA_LOCK);
    const over = await this.findExceeded(counting, wanted, rows);
    if (over) throw tooMuch(over);
  }

  /** What would be too much as it is now; nothing is held for who asks. */
  async findExceeded(counting: Counting, wanted: QuotaUsage, rows?: EntityManager): Promise<ExceededQuota | undefined> {
    const { tenantId, projectId, ownerId } = counting;
    const levels: ReadonlyArray<readonly [QuotaLevel, QuotaSubject | null]> = [
      ['tenant', tenantId],
      ['project', projectId],
      ['person', ownerId],
    ];
    for (const [level, subject] of levels) {
      if (subject === null) continue;
      const used = await this.usage(countedFor(subject), rows);
      const over = exceeded(await this.quotaOf(subject, rows), used, wanted);
      if (over.length > 0) return { level, subject, exceeded: over };
    }
    return undefined;
  }

  /** The same for what is in a project already, in the transaction that brought it there. */
  async assertWithin(rows: EntityManager, projectId: ProjectId): Promise<void> {
    await this.database.lock(rows, QUOTA_LOCK);
    const used = await this.usage({ projectId }, rows);
    const over = exceeded(await this.store.ofProject(projectId, rows), NO_USAGE, used);
    if (over.length > 0) throw tooMuch({ level: 'project', subject: projectId, exceeded: over });
  }

  /**
   * Starts what rests, which counts again from here on: 409 where that is too much. Of two at once one counts, as the
   * other finds it among what is on its way.
   */
  async wake<Result>(id: ContainerId, start: () => Promise<Result>): Promise<Result> {
    if (!this.isResting(id)) return start();
    await this.database.transaction(async (rows) => {
      await this.database.lock(rows, QUOTA_LOCK);
      const row = await this.store.find(rows, id);
      if (!row) return;
      const wanted = { ...usageOf([{ configuration: row.configuration, isResting: false }]), diskBytes: 0 };
      const over = await this.findExceeded(row, wanted, rows);
      if (over) throw tooMuch(over);
      this.waking.add(id);
    });
    try {
      return await start();
    } finally {
      this.waking.delete(id);
    }
  }

  private async usage(counted: Counted, rows?: EntityManager): Promise<QuotaUsage> {
    const containers = await this.store.containers(counted, rows);
    return usageOf(containers.map(({ id, configuration }) => ({ configuration, isResting: this.isResting(id) })));
  }

  /** Stopped, as far as its engine told. What is being made, or is not known, counts. */
  private isResting(id: ContainerId): boolean {
    const state = this.mirrors.container(id)?.state;
    return (state === 'exited' || state === 'dead') && !this.waking.has(id);
  }

  private async stateOf(subject: QuotaSubject): Promise<QuotaState> {
    const usage = await this.usage(countedFor(subject));
    return { subject, quota: await this.quotaOf(subject), usage };
  }

  private quotaOf(subject: QuotaSubject, rows?: EntityManager): Promise<Quota> {
    const project = ProjectId.safeParse(subject);
    return project.success ? this.store.ofProject(project.data, rows) : this.store.of(toHolder(subject), rows);
  }

  /** 404 for what the actor does not see: their own, their tenant's, and those of projects they are in are theirs to know. */
  private async nameFor(actor: Actor, subject: QuotaSubject): Promise<string> {
    const project = ProjectId.safeParse(subject);
    if (project.success) return (await this.resources.get(actor, project.data)).name;
    const tenant = TenantId.safeParse(subject);
    if (tenant.success) {
      const found = await this.tenants.find(tenant.data);
      const isOwn = tenant.data === actor.tenantId;
      if (found && (isOwn || this.access.allows(actor, 'tenants.see', onTenant(found.id)))) return found.name;
      throw notFound('tenant', subject);
    }
    const user = await this.users.find(toPerson(subject));
    const isSelf = user?.id === actor.userId;
    if (user && (isSelf || this.access.allows(actor, 'people.see', onTenant(user.tenantId)))) return user.username;
    throw notFound('user', subject);
  }
}

const tooMuch = ({ level, subject, exceeded: over }: ExceededQuota) =>
  conflict('quota_exceeded', toSentence(NAMES[level], over), {
    hint: 'Stop or delete something first, or ask for a higher quota.',
    params: { level, subject, exceeded: over },
  });

const NAMES: Readonly<Record<QuotaLevel, string>> = {
  tenant: 'This tenant',
  project: 'This project',
  person: 'This person',
};

const isTenant = (subject: QuotaSubject): subject is TenantId => subject.startsWith('ten_');
const isProject = (subject: QuotaSubject): subject is ProjectId => subject.startsWith('prj_');

function countedFor(subject: QuotaSubject): Counted {
  if (isTenant(subject)) return { tenantId: subject };
  return isProject(subject) ? { projectId: subject } : { ownerId: subject };
}

function toHolder(subject: QuotaSubject): TenantId | UserId {
  if (isProject(subject)) throw new Error('The quota of a project stands with the project.');
  return subject;
}

function toPerson(subject: QuotaSubject): UserId {
  if (isTenant(subject) || isProject(subject)) throw new Error(`${subject} is no person.`);
  return subject;
}
