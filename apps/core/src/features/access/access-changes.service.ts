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
import type { Actor, BrowserActor } from '../../foundation/access/actor.js';
import { OpenStreams } from '../../foundation/access/open-streams.js';
import type { AccessState } from '../../foundation/access/standing.js';
import { AuditService, type AuditTarget } from '../../foundation/audit/audit.service.js';
import type { PlannedChange } from './access-plan.rules.js';
import { principalsOf } from './access-changes.rules.js';
import { fallenDetails, type HandedOn, targetOf as fallenFrom } from './cascade.rules.js';
import { GrantsService } from './grants.service.js';
import { toShownException } from './grants.rules.js';
import { HandoversService } from './handovers.service.js';
import { PrincipalsService } from './principals.service.js';
import { type Resource, ResourcesService } from './resources.service.js';

type Concerned = Pick<PlannedChange, 'resource' | 'people'>;
type Beside = (rows: EntityManager, grants: readonly GrantId[]) => Promise<void>;

/** Staged edits of access: looked at first, then applied together or not at all. */
@Injectable()
export class AccessChangesService {
  constructor(
    private readonly book: AccessBook,
    private readonly handovers: HandoversService,
    private readonly principals: PrincipalsService,
    private readonly resources: ResourcesService,
    private readonly grants: GrantsService,
    private readonly streams: OpenStreams,
    private readonly audit: AuditService,
  ) {}

  /** What it would do, to whom; nothing is written. */
  async preview(actor: Actor, edit: ChangeAccess): Promise<AccessPreview> {
    const { planned, falling: all, after } = await this.handovers.workOut(actor, this.book.state, edit);
    const falling = await this.seenBy(actor, all);
    const differences = await this.differences([...planned, ...(await this.concerned(falling, after))], after);
    const losers = new Set(differences.filter(({ loses }) => loses.length > 0).map(({ user }) => user.id));
    return {
      differences,
      falling: await this.grants.showFalling(falling),
      cuts: this.countCuts(after, losers),
      warnings: losers.has(actor.userId) ? ['own_rights_shrink'] : [],
    };
  }

  /** One transaction, one row in the trail; `beside` is written in it, with the grants it makes. */
  async apply(actor: Actor, edit: ChangeAccess, beside: Beside = () => Promise.resolve()): Promise<AccessChanged> {
    // What was checked is what is written: where somebody else changes access in between, it is checked again.
    const { made: own, falling } = await this.book.changeAfter(
      (state) => this.handovers.workOut(actor, state, edit),
      async (rows, done) => {
        await this.audit.record(rows, {
          actor,
          action: 'access.change',
          target: targetOf(done.planned),
          outcome: 'done',
          details: {
            reason: edit.reason,
            changes: done.planned.map(({ details }) => details),
            fallen: done.falling.map((item) => ({ ...fallenDetails(item), target: fallenFrom(item) })),
          },
        });
        const made = (done.made.putGrants ?? []).map(({ id }) => id);
        await beside(rows, made);
        return { writes: done.writes, result: done };
      },
    );
    const { state } = this.book;
    return {
      grants: await this.grants.show((own.putGrants ?? []).flatMap(({ id }) => state.grants.get(id) ?? [])),
      exceptions: (own.putExceptions ?? []).map(([id, role, known]) => toShownException(id, role, known)),
      fallen: (await this.seenBy(actor, falling)).length,
    };
  }

  /** What falls on something this actor does not see is not told to them. */
  private async seenBy(actor: Actor, falling: readonly HandedOn[]): Promise<HandedOn[]> {
    const seen: HandedOn[] = [];
    for (const item of falling) if (await this.resources.sees(actor, fallenFrom(item))) seen.push(item);
    return seen;
  }

  /** Who loses what falls, and on what. */
  private async concerned(falling: readonly HandedOn[], state: AccessState): Promise<Concerned[]> {
    const all: Concerned[] = [];
    for (const item of falling) {
      const target = fallenFrom(item);
      const tenantId = item.kind === 'exception' ? this.resources.container(item.containerId)?.tenantId : item.grant.tenantId; // prettier-ignore
      const resource = tenantId && (await this.resources.of(target, tenantId));
      if (!resource) continue;
      const people = item.kind === 'exception' ? [...(await this.principals.inTenant(tenantId)).keys()] : principalsOf(state, item.grant.principal); // prettier-ignore
      all.push({ resource, people });
    }
    return all;
  }

  private async differences(planned: readonly Concerned[], after: AccessState): Promise<AccessDifference[]> {
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
