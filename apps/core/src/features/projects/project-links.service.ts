import { Injectable } from '@nestjs/common';
import type { ContainerId, LinkContainers, Linked, ProjectId } from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { holdsAsOwner } from '../../foundation/access/access.rules.js';
import { holders } from '../../foundation/access/access-state.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import type { ProjectRow } from '../../foundation/access/project.entity.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { isAppError, notFound } from '../../kernel/errors.js';
import { AccessPlanService } from '../access/access-plan.service.js';
import { restored } from '../access/gains.rules.js';
import { GainsService } from '../access/gains.service.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { assertActive } from './projects.rules.js';
import { ProjectsService, targetOf } from './projects.service.js';

type Outcome = Linked['items'][number]['outcome'];

/** Brings containers into a project and out of it: whoever is a member reaches them from then on. */
@Injectable()
export class ProjectLinksService {
  constructor(
    private readonly access: AccessService,
    private readonly book: AccessBook,
    private readonly plans: AccessPlanService,
    private readonly gains: GainsService,
    private readonly projects: ProjectsService,
    private readonly quotas: QuotasService,
    private readonly rows: ContainerRowsService,
    private readonly mirrors: MirrorsService,
    private readonly audit: AuditService,
  ) {}

  /** Each answers for itself: what cannot be linked does not hold up the others. */
  async link(actor: Actor, id: ProjectId, { ids }: LinkContainers): Promise<Linked> {
    const project = await this.findFor(actor, id);
    return this.each(actor, ids, project, 'linked', (seen) => {
      if (seen.projectId === id) return 'skipped';
      return this.mayLink(actor, seen, project);
    });
  }

  async unlink(actor: Actor, id: ProjectId, { ids }: LinkContainers): Promise<Linked> {
    const project = await this.findFor(actor, id);
    return this.each(actor, ids, project, 'unlinked', async (seen) => {
      if (seen.projectId !== id) return 'skipped';
      return (await this.handsOnNoMore(actor, seen, null)) ? 'unlinked' : 'refused';
    });
  }

  /** Whether something new may be brought there by this actor; 404, 403 or 409 where not. */
  async assertMayDeploy(actor: Actor, id: ProjectId): Promise<void> {
    const project = await this.findFor(actor, id);
    if (project.tenantId !== actor.tenantId) throw notFound('project', id);
  }

  private async findFor(actor: Actor, id: ProjectId): Promise<ProjectRow> {
    const project = await this.projects.find(actor, id);
    this.access.require(actor, 'projects.link', targetOf(project));
    assertActive(project);
    return project;
  }

  private async each(
    actor: Actor,
    ids: readonly ContainerId[],
    project: ProjectRow,
    wanted: Outcome,
    judge: (seen: SeenContainer) => Outcome | Promise<Outcome>,
  ): Promise<Linked> {
    const items = await Promise.all(
      [...new Set(ids)].map(async (id) => {
        const seen = this.mirrors.container(id);
        if (!seen || !this.access.allows(actor, 'containers.see', seen))
          return { id, name: null, outcome: 'missing' as const };
        return { id, name: seen.name, outcome: await judge(seen) };
      }),
    );
    const changed = items.filter(({ outcome }) => outcome === wanted);
    if (changed.length > 0)
      await this.rows.setProject(
        changed.map(({ id }) => id),
        wanted === 'linked' ? project.id : null,
        async (rows) => {
          if (wanted === 'linked') await this.quotas.assertWithin(rows, project.id);
          await this.audit.record(rows, {
            actor,
            action: wanted === 'linked' ? 'projects.link' : 'projects.unlink',
            target: { kind: 'project', id: project.id, label: project.name, tenantId: project.tenantId },
            outcome: 'done',
            details: { containers: changed.map(({ id, name }) => ({ id, name })) },
          });
        },
      );
    return { items };
  }

  /** It is theirs to hand on and to take from where it was, and nobody gets more of it than they hold. */
  private async mayLink(actor: Actor, seen: SeenContainer, project: ProjectRow): Promise<Outcome> {
    if (seen.tenantId !== project.tenantId) return 'refused';
    if (!this.access.allows(actor, 'containers.manageAccess', seen)) return 'refused';
    if (isStaff(actor)) return 'linked';
    if (!this.mayTakeFrom(actor, seen.projectId)) return 'refused';
    // What is linked stays linked, whatever ends meanwhile.
    const lasting = this.gains.lasting(actor);
    // Whoever runs the project may hand on there what an owner may.
    if (project.ownerId !== null && !holdsAsOwner(lasting, seen)) return 'refused';
    const resource = { target: { kind: 'container' as const, id: seen.id }, name: seen.name, on: seen };
    const carried = await this.plans.carriedBy(project.tenantId, holders(this.book.state, this.grantsOn(project.id)));
    const mayHandOn = await isAllowed(() => {
      for (const grant of this.grantsOn(project.id))
        this.plans.assertMayHandOn(lasting, grant, resource, 'ids', carried);
    });
    return mayHandOn && (await this.handsOnNoMore(actor, seen, project.id)) ? 'linked' : 'refused';
  }

  private mayTakeFrom(actor: Actor, id: ProjectId | null | undefined): boolean {
    const project = id ? this.book.state.projects.get(id) : undefined;
    return project === undefined || this.access.allows(actor, 'projects.link', targetOf(project));
  }

  /** What a project takes away holds no more where a container leaves it: nobody comes to more by that either. */
  private handsOnNoMore(actor: Actor, seen: SeenContainer, projectId: ProjectId | null): Promise<boolean> {
    const { state } = this.book;
    const grants = [seen.projectId, projectId].flatMap((id) => (id ? this.grantsOn(id) : []));
    return isAllowed(() =>
      this.gains.assertHeld(actor, state, {
        before: restored(state),
        after: restored(state),
        tenantId: seen.tenantId,
        people: holders(state, grants),
        things: [{ name: seen.name, before: seen, after: { ...seen, projectId } }],
        path: 'ids',
      }),
    );
  }

  private grantsOn(projectId: ProjectId) {
    return [...this.book.state.grants.values()].filter(({ target }) => target.id === projectId);
  }
}

async function isAllowed(check: () => void | Promise<void>): Promise<boolean> {
  try {
    await check();
    return true;
  } catch (error) {
    if (isAppError(error, 'forbidden')) return false;
    throw error;
  }
}
