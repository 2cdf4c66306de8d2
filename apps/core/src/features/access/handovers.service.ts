import { Injectable } from '@nestjs/common';
import type { ChangeAccess } from '@bailiwick/contract';
import { heldOn } from '../../foundation/access/access.rules.js';
import { type AccessWrites, afterWrites, touchedBy } from '../../foundation/access/access-state.rules.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import type { AccessState } from '../../foundation/access/standing.js';
import { Clock } from '../../kernel/clock.js';
import { AppError } from '../../kernel/errors.js';
import { merged } from './access-changes.rules.js';
import type { PlannedChange } from './access-plan.rules.js';
import { AccessPlanService } from './access-plan.service.js';
import { bare, givenIn, type HandedOn, makerOf, targetOf, writesOf } from './cascade.rules.js';
import { CascadeService } from './cascade.service.js';
import { restored, settled } from './gains.rules.js';
import { GainsService } from './gains.service.js';
import { PrincipalsService } from './principals.service.js';
import { ResourcesService } from './resources.service.js';

/** A staged edit with all it brings about. */
export interface WorkedOut {
  readonly planned: readonly PlannedChange[];
  /** What others handed on and falls with it. */
  readonly falling: readonly HandedOn[];
  readonly writes: AccessWrites;
  /** Of those, what the edit itself makes. */
  readonly made: AccessWrites;
  readonly after: AccessState;
}

/** Works out a staged edit to its end, and refuses what would hand on more than is held, by whatever way. */
@Injectable()
export class HandoversService {
  constructor(
    private readonly plans: AccessPlanService,
    private readonly cascade: CascadeService,
    private readonly gains: GainsService,
    private readonly principals: PrincipalsService,
    private readonly resources: ResourcesService,
    private readonly clock: Clock,
  ) {}

  async workOut(actor: Actor, state: AccessState, { changes, reason }: ChangeAccess): Promise<WorkedOut> {
    const plan = await this.plans.plan(actor, state, changes, reason);
    const falling = await this.cascade.falling(plan.after);
    const own = merged(plan.changes.map(({ writes }) => writes));
    const fallen = writesOf(falling);
    const done = {
      planned: plan.changes,
      falling,
      made: own,
      writes: merged([own, fallen]),
      after: afterWrites(plan.after, fallen),
    };
    if (isStaff(actor)) return done;
    await this.assertStands(actor, plan.after, own, falling);
    await this.assertNoMore(actor, state, done, afterWrites(settled(state, own, this.clock.now()), fallen));
    return done;
  }

  /** 403 for what would fall as soon as it is made: what somebody holds by it alone holds nothing up. */
  private async assertStands(
    actor: Actor,
    after: AccessState,
    own: AccessWrites,
    falling: readonly HandedOn[],
  ): Promise<void> {
    // prettier-ignore
    const made = new Set<string>([...(own.putGrants ?? []).map(({ id }) => id), ...(own.putExceptions ?? []).map(([id]) => id)]); // prettier-ignore
    const item = falling.find(
      (each) =>
        makerOf(each) === actor.userId && made.has(each.kind === 'exception' ? each.containerId : each.grant.id),
    );
    if (!item) return;
    const { id } = targetOf(item);
    const on = (await this.resources.find(actor, id))?.on;
    const given = [...givenIn(after, item)];
    const held = new Set(on ? heldOn(this.principals.asIn(bare(after, falling), actor), given, on) : []);
    const lacking = given.filter((capability) => !held.has(capability));
    const missing = lacking.length > 0 ? lacking : ['containers.manageAccess'];
    throw new AppError(
      'forbidden',
      403,
      `You would hold this up by itself alone: without it you lack ${missing.join(', ')} there.`,
      {
        // prettier-ignore
        params: { missing, resource: id, grantedBy: ['owner', 'administrator'], alone: true, path: 'changes' },
      },
    );
  }

  private async assertNoMore(actor: Actor, state: AccessState, done: WorkedOut, left: AccessState): Promise<void> {
    const [{ resource: first } = { resource: undefined }] = done.planned;
    if (!first) return;
    const { tenantId } = first.on;
    const before = restored(state);
    const handover = {
      before,
      tenantId,
      people: touchedBy(state, done.after, done.writes),
      things: await this.gains.under(done.planned.map(({ resource }) => resource.target), tenantId), // prettier-ignore
      path: 'changes',
    };
    await this.gains.assertHeld(actor, state, { ...handover, after: restored(done.after) }, restored(left));
  }
}
