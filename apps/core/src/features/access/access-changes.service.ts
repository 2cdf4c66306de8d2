import { Injectable } from '@nestjs/common';
import {
  type AccessChanged,
  type AccessDifference,
  type AccessPreview,
  type ChangeAccess,
  type GrantId,
  TENANT_CAPABILITIES,
  type UserId,
} from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { AccessBook } from '../../foundation/access/access-book.js';
import { allows } from '../../foundation/access/access.rules.js';
import type { AccessWrites } from '../../foundation/access/access-state.rules.js';
import type { Actor, BrowserActor } from '../../foundation/access/actor.js';
import { OpenStreams } from '../../foundation/access/open-streams.js';
import type { AccessState } from '../../foundation/access/standing.js';
import { AuditService, type AuditTarget } from '../../foundation/audit/audit.service.js';
import { Mutex } from '../../kernel/mutex.js';
import type { PlannedChange } from './access-plan.rules.js';
import { AccessPlanService } from './access-plan.service.js';
import { CascadeService } from './cascade.service.js';
import { GrantsService } from './grants.service.js';
import { toShownException } from './grants.rules.js';
import { PrincipalsService } from './principals.service.js';
import type { Resource } from './resources.service.js';

type Beside = (rows: EntityManager, grants: readonly GrantId[]) => Promise<void>;

/** Staged edits of access: looked at first, then applied together or not at all. */
@Injectable()
export class AccessChangesService {
  private readonly turn = new Mutex();

  constructor(
    private readonly book: AccessBook,
    private readonly plans: AccessPlanService,
    private readonly principals: PrincipalsService,
    private readonly cascade: CascadeService,
    private readonly grants: GrantsService,
    private readonly streams: OpenStreams,
    private readonly audit: AuditService,
  ) {}

  /** What it would do, to whom; nothing is written. */
  async preview(actor: Actor, { changes, reason }: ChangeAccess): Promise<AccessPreview> {
    const { changes: planned, after } = await this.plans.plan(actor, changes, reason);
    const falling = await this.cascade.falling(after);
    const differences = await this.differences(
      planned,
      withoutGrants(
        after,
        falling.map(({ id }) => id),
      ),
    );
    const losers = new Set(differences.filter(({ loses }) => loses.length > 0).map(({ user }) => user.id));
    return {
      differences,
      falling: await this.grants.show(falling),
      cuts: this.countCuts(after, losers),
      warnings: losers.has(actor.userId) ? ['own_rights_shrink'] : [],
    };
  }

  /** One transaction, one row in the trail; `beside` is written in it, with the grants it makes. */
  apply(
    actor: Actor,
    { changes, reason }: ChangeAccess,
    beside: Beside = () => Promise.resolve(),
  ): Promise<AccessChanged> {
    // What was checked is what is written: nobody else changes access in between.
    return this.turn.run(async () => {
      const { changes: planned, after } = await this.plans.plan(actor, changes, reason);
      const falling = await this.cascade.falling(after);
      const writes = merged([...planned.map(({ writes: some }) => some), { dropGrants: falling.map(({ id }) => id) }]);
      await this.book.change(async (rows) => {
        await this.audit.record(rows, {
          actor,
          action: 'access.change',
          target: targetOf(planned),
          outcome: 'done',
          details: {
            reason,
            changes: planned.map(({ details }) => details),
            fallen: falling.map(({ id, principal, target }) => ({ grantId: id, principal, target })),
          },
        });
        await beside(
          rows,
          (writes.putGrants ?? []).map(({ id }) => id),
        );
        return { writes, result: undefined };
      });
      const { state } = this.book;
      return {
        grants: await this.grants.show((writes.putGrants ?? []).flatMap(({ id }) => state.grants.get(id) ?? [])),
        exceptions: (writes.putExceptions ?? []).map(([id, role, known]) => toShownException(id, role, known)),
        fallen: falling.length,
      };
    });
  }

  private async differences(planned: readonly PlannedChange[], after: AccessState): Promise<AccessDifference[]> {
    const resources = new Map(planned.map(({ resource }) => [resource.target.id, resource]));
    const all: AccessDifference[] = [];
    for (const resource of resources.values()) {
      const ids = new Set(planned.filter((change) => change.resource.target.id === resource.target.id).flatMap(({ people }) => people)); // prettier-ignore
      const people = await this.principals.inTenant(resource.on.tenantId);
      for (const id of ids) {
        const person = people.get(id);
        if (person) all.push(...this.differenceOf(person, resource, after));
      }
    }
    return all;
  }

  private differenceOf(person: BrowserActor, { target, name, on }: Resource, state: AccessState): AccessDifference[] {
    const before = this.principals.asIn(this.book.state, person);
    const after = this.principals.asIn(state, person);
    const had = new Set(TENANT_CAPABILITIES.filter((capability) => allows(before, capability, on)));
    const has = new Set(TENANT_CAPABILITIES.filter((capability) => allows(after, capability, on)));
    const gains = [...has].filter((capability) => !had.has(capability));
    const loses = [...had].filter((capability) => !has.has(capability));
    if (gains.length === 0 && loses.length === 0) return [];
    return [{ user: { id: person.userId, name: person.displayName }, target, targetName: name, gains, loses }];
  }

  private countCuts(after: AccessState, losers: ReadonlySet<UserId>): number {
    return this.streams.all().filter(({ actor, capability, target }) => {
      if (!losers.has(actor.userId)) return false;
      const then = this.principals.asIn(after, actor);
      return allows(actor, capability, target) && !allows(then, capability, target);
    }).length;
  }
}

function withoutGrants(
  state: AccessState,
  ids: ReadonlyArray<AccessState['grants'] extends ReadonlyMap<infer Id, unknown> ? Id : never>,
): AccessState {
  // prettier-ignore
  const grants = new Map(state.grants);
  for (const id of ids) grants.delete(id);
  return { ...state, grants };
}

/** A later change of the same thing wins over an earlier one. */
function merged(all: readonly AccessWrites[]): AccessWrites {
  const dropped = new Set(all.flatMap(({ dropGrants = [] }) => dropGrants));
  const put = new Map(all.flatMap(({ putGrants = [] }) => putGrants.map((grant) => [grant.id, grant] as const)));
  const exceptions = new Map<string, AccessWrites>();
  for (const { putExceptions = [], dropExceptions = [] } of all) {
    for (const one of dropExceptions) exceptions.set(one.join(' '), { dropExceptions: [one] });
    for (const one of putExceptions) exceptions.set(`${one[0]} ${one[1]}`, { putExceptions: [one] });
  }
  const changed = [...exceptions.values()];
  return {
    putGrants: [...put.values()].filter(({ id }) => !dropped.has(id)),
    dropGrants: [...dropped],
    putExceptions: changed.flatMap(({ putExceptions = [] }) => putExceptions),
    dropExceptions: changed.flatMap(({ dropExceptions = [] }) => dropExceptions),
  };
}

/** The thing itself where it is about one, so that its own activity shows it. */
function targetOf(planned: readonly PlannedChange[]): AuditTarget {
  const targets = new Map(planned.map(({ resource }) => [resource.target.id, resource]));
  const [only] = targets.values();
  if (!only) throw new Error('An edit without a change.');
  const { kind, id } = only.target;
  return targets.size === 1
    ? { kind, id, label: only.name, tenantId: only.on.tenantId }
    : { kind: 'access', id: only.on.tenantId, label: `${targets.size} things`, tenantId: only.on.tenantId };
}
