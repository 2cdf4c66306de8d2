import { Injectable } from '@nestjs/common';
import type { GrantTarget, TenantId, UserId } from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { allows, type Target } from '../../foundation/access/access.rules.js';
import { type Actor, type BrowserActor, isStaff } from '../../foundation/access/actor.js';
import type { AccessState } from '../../foundation/access/standing.js';
import { reaches } from '../../foundation/access/standing.rules.js';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { AppError } from '../../kernel/errors.js';
import {
  type Beyond,
  type Changing,
  distinct,
  ended,
  firstBeyond,
  lastingly,
  restored,
  unchanged,
} from './gains.rules.js';
import { PrincipalsService } from './principals.service.js';
import { ResourcesService } from './resources.service.js';

/** What is about to be handed on, by whatever way. */
export interface Handover {
  readonly before: AccessState;
  readonly after: AccessState;
  readonly tenantId: TenantId;
  /** Whose rights may change by it. */
  readonly people: ReadonlySet<UserId>;
  readonly things: readonly Changing[];
  /** Where it stands in what was sent. */
  readonly path: string;
}

const SEEING = ['containers.see', 'projects.see'] as const;

/** Nobody hands on what they do not hold: neither by giving it, nor by taking away what stood in its way. */
@Injectable()
export class GainsService {
  constructor(
    private readonly book: AccessBook,
    private readonly principals: PrincipalsService,
    private readonly resources: ResourcesService,
    private readonly mirrors: MirrorsService,
    private readonly rows: ContainerRowsService,
  ) {}

  /**
   * 403 where it lets somebody do what this actor does not hold there, or do for good what they hold for a while.
   * `left`: what stays of it when all it gives has ended; without it, all of it stays.
   */
  async assertHeld(actor: Actor, state: AccessState, handover: Handover, left = handover.after): Promise<void> {
    if (isStaff(actor) || handover.people.size === 0) return;
    const known = await this.principals.inTenant(handover.tenantId);
    this.assertHeldBy(this.principals.asIn(state, actor), state, handover, known);
    for (const then of [lastingly, ended]) {
      const lasting = this.principals.asIn(then(state), actor);
      const of = { ...handover, before: then(handover.before), after: then(left) };
      this.assertHeldBy(lasting, state, of, known);
    }
  }

  /** The actor with all that does not end by itself, to hand on what does not. */
  lasting(actor: Actor): Actor {
    return isStaff(actor) ? actor : this.principals.asIn(ended(this.book.state), actor);
  }

  /** 403 where somebody may do what this actor may not on the same thing: whoever acts as them could. */
  async assertNotBeyond(actor: Actor, person: BrowserActor, path: string): Promise<void> {
    const state = restored(this.book.state);
    const holder = { ...person, active: true, twoFactorMissing: false };
    const grants = [...state.grants.values()].filter((grant) => reaches(state, grant, holder));
    const things = await this.under(grants.map(({ target }) => target), person.tenantId); // prettier-ignore
    const asked = [{ was: { ...holder, active: false }, is: this.principals.asIn(state, holder) }];
    const ids = new Set<string>([actor.userId, person.userId]);
    const found = firstBeyond(actor, asked, distinct(things, [state], ids));
    if (found) throw beyond(actor, found, path);
  }

  private assertHeldBy(
    actor: Actor,
    state: AccessState,
    { before, after, people, things, path }: Handover,
    known: ReadonlyMap<UserId, BrowserActor>,
  ): void {
    const asked = [...people].flatMap((id) => {
      const person = known.get(id);
      if (!person) return [];
      // Somebody who is only locked out for now is let in again some day.
      const free = { ...person, active: true, twoFactorMissing: false };
      return [{ was: this.principals.asIn(before, free), is: this.principals.asIn(after, free) }];
    });
    const ids = new Set<string>([...people, actor.userId]);
    const own = [...state.projects.values()].filter(({ ownerId }) => ownerId === actor.userId).map(({ id }) => id);
    const found = firstBeyond(actor, asked, distinct(things, [before, after], ids), new Set(own));
    if (found) throw beyond(actor, found, path);
  }

  /** These targets, and everything they hold. */
  async under(targets: readonly GrantTarget[], tenantId: TenantId): Promise<Changing[]> {
    const own = await Promise.all(targets.map((target) => this.resources.of(target, tenantId)));
    const selves = own.flatMap((self) => self ?? []);
    const holders = new Set<string>(targets.filter(({ kind }) => kind !== 'container').map(({ id }) => id));
    if (holders.size === 0) return selves.map(({ name, on }) => unchanged(name, on));
    // Also what no engine shows now: it may be seen again.
    const unseen = (await this.rows.inTenant(tenantId)).filter(({ id }) => !this.mirrors.container(id));
    const held = [...this.mirrors.containers(), ...unseen]
      .map((on: Target & { readonly name: string }) => ({ name: on.name, on }))
      .filter(({ on }) => [on.stack, on.projectId, on.environmentId, on.tenantId].some((id) => id && holders.has(id)));
    const projects = holders.has(tenantId) ? this.resources.projectsOf(tenantId) : [];
    return [...selves, ...held, ...projects].map(({ name, on }) => unchanged(name, on));
  }
}

function beyond(actor: Actor, { missing, thing: { name, before }, person }: Beyond, path: string): AppError {
  const isSeen = SEEING.some((see) => allows(actor, see, before));
  const thing = isSeen ? name : 'something you do not see';
  const words = `By this ${person.displayName} could on ${thing} what you do not hold there: ${missing.join(', ')}.`;
  const resource = isSeen ? (before.id ?? null) : null;
  return new AppError('forbidden', 403, words, {
    params: { missing, resource, grantedBy: ['owner', 'administrator'], person: person.displayName, thing: isSeen ? name : null, path }, // prettier-ignore
  });
}
