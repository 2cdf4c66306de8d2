import { Injectable } from '@nestjs/common';
import type { GrantTarget, TenantId, UserId } from '@bailiwick/contract';
import { allows } from '../../foundation/access/access.rules.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import type { AccessState } from '../../foundation/access/standing.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { AppError } from '../../kernel/errors.js';
import { type Beyond, type Changing, distinct, ended, firstBeyond, lastingly, unchanged } from './gains.rules.js';
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
    private readonly principals: PrincipalsService,
    private readonly resources: ResourcesService,
    private readonly mirrors: MirrorsService,
  ) {}

  /** 403 where it lets somebody do for good what this actor does not hold there, or holds for a while only. */
  async assertHeldLastingly(actor: Actor, state: AccessState, handover: Handover): Promise<void> {
    const lasting = this.principals.asIn(lastingly(state), actor);
    for (const then of [lastingly, ended])
      await this.assertHeld(lasting, { ...handover, before: then(handover.before), after: then(handover.after) });
  }

  /** 403 where it lets somebody do what this actor does not hold there. */
  async assertHeld(actor: Actor, { before, after, tenantId, people, things, path }: Handover): Promise<void> {
    if (isStaff(actor) || people.size === 0) return;
    const known = await this.principals.inTenant(tenantId);
    const asked = [...people].flatMap((id) => {
      const person = known.get(id);
      if (!person) return [];
      // Somebody who is only locked out for now is let in again some day.
      const free = { ...person, active: true, twoFactorMissing: false };
      return [{ was: this.principals.asIn(before, free), is: this.principals.asIn(after, free) }];
    });
    const ids = new Set<string>([...people, actor.userId]);
    const found = firstBeyond(actor, asked, distinct(things, [before, after], ids));
    if (found) throw beyond(actor, found, path);
  }

  /** A target, and everything it holds. */
  async under(target: GrantTarget, tenantId: TenantId): Promise<Changing[]> {
    const self = await this.resources.of(target, tenantId);
    const own = self ? [unchanged(self.name, self.on)] : [];
    if (target.kind === 'container') return own;
    const held = this.mirrors
      .containers()
      .filter(({ stack, projectId, environmentId, tenantId: tenant }) =>
        [stack, projectId, environmentId, tenant].some((holder) => holder === target.id),
      )
      .map((seen) => unchanged(seen.name, seen));
    const projects = target.kind === 'tenant' ? this.resources.projectsOf(target.id) : [];
    return [...own, ...held, ...projects.map(({ name, on }) => unchanged(name, on))];
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
