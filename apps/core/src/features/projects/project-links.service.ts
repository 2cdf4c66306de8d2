import { Injectable } from '@nestjs/common';
import type { ContainerId, LinkContainers, Linked, ProjectId } from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { holdsAsOwner } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import type { ProjectRow } from '../../foundation/access/project.entity.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { ContainerRowsService } from '../../foundation/environments/container-rows.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { isAppError, notFound } from '../../kernel/errors.js';
import { AccessPlanService } from '../access/access-plan.service.js';
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
      return this.mayLink(actor, seen, project) ? 'linked' : 'refused';
    });
  }

  async unlink(actor: Actor, id: ProjectId, { ids }: LinkContainers): Promise<Linked> {
    const project = await this.findFor(actor, id);
    return this.each(actor, ids, project, 'unlinked', (seen) => (seen.projectId === id ? 'unlinked' : 'skipped'));
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
    judge: (seen: SeenContainer) => Outcome,
  ): Promise<Linked> {
    const items = [...new Set(ids)].map((id) => {
      const seen = this.mirrors.container(id);
      const isVisible = seen !== undefined && this.access.allows(actor, 'containers.see', seen);
      return { id, name: isVisible ? seen.name : null, outcome: isVisible ? judge(seen) : ('missing' as const) };
    });
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

  /** It is theirs to hand on, it is of the same tenant, and nobody in there gets more of it than they hold. */
  private mayLink(actor: Actor, seen: SeenContainer, project: ProjectRow): boolean {
    if (seen.tenantId !== project.tenantId) return false;
    if (!this.access.allows(actor, 'containers.manageAccess', seen)) return false;
    if (isStaff(actor)) return true;
    // Whoever runs the project may do there, and hand on, what an owner may.
    if (project.ownerId !== null && !holdsAsOwner(actor, seen)) return false;
    const resource = { target: { kind: 'container' as const, id: seen.id }, name: seen.name, on: seen };
    const grants = [...this.book.state.grants.values()].filter(({ target }) => target.id === project.id);
    try {
      for (const grant of grants) this.plans.assertMayHandOn(actor, grant, resource, 'ids');
      return true;
    } catch (error) {
      if (isAppError(error, 'forbidden')) return false;
      throw error;
    }
  }
}
