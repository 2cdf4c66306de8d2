import type { AccessChange, Capability, ContainerId, Grant, GrantTarget, Team } from '@bailiwick/contract';
import { Project } from '@bailiwick/contract';
import { CascadeService } from '../src/features/access/cascade.service.js';
import { AccessBook } from '../src/foundation/access/access-book.js';
import { MirrorsService } from '../src/foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../src/foundation/environments/seen-container.js';
import type { TestApp } from './app.js';
import { Asking } from './granting.js';
import { ownedOnEngine } from './owned-container.js';
import { signIn } from './sign-in.js';
import { until } from './until.js';

let made = 0;

/** A core in which people hand things on, and what they hand it on for. */
export class Delegating {
  constructor(
    readonly core: TestApp,
    readonly owner: Asking,
  ) {}

  static async in(core: TestApp): Promise<Delegating> {
    return new Delegating(core, new Asking(core, await signIn(core)));
  }

  async member(more: object = {}): Promise<Asking> {
    return new Asking(this.core, await signIn(this.core, { platformRole: 'member', ...more }));
  }

  container(by = this.owner): Promise<SeenContainer> {
    return ownedOnEngine(this.core, by.who.user, { name: `handed-${(made += 1)}`, image: 'nginx:stable' });
  }

  async project(by = this.owner, more: object = {}): Promise<Project> {
    return Project.parse((await by.post('projects', { name: `Project ${(made += 1)}`, ...more })).body.item);
  }

  async team(members: readonly Asking[], more: object = {}): Promise<Team> {
    const ids = members.map(({ who }) => who.user.id);
    return (await this.owner.post('teams', { name: `Team ${(made += 1)}`, members: ids, ...more })).body.item;
  }

  get onTenant() {
    return { kind: 'tenant', id: this.owner.who.user.tenantId } as const;
  }

  /** The outcome, when the mirror has seen it. */
  async link(who: Asking, { id }: Project, web: SeenContainer, verb: 'link' | 'unlink' = 'link'): Promise<string> {
    const { body } = await who.post(`projects/${id}/containers/${verb}`, { ids: [web.id] });
    const outcome: string = body.items[0].outcome;
    const then = verb === 'link' ? id : null;
    if (outcome !== 'refused')
      await until(() => this.core.app.get(MirrorsService).container(web.id)?.projectId === then);
    return outcome;
  }

  async may(who: Asking, capability: Capability, { id }: { id: ContainerId }): Promise<boolean> {
    return (await this.owner.explain(who.who, capability, id)).allowed;
  }

  async grants({ id }: { id: string }): Promise<Grant[]> {
    return (await this.owner.get(`access/on?resource=${id}`)).body.grants;
  }

  async grant(to: { id: string }, target: GrantTarget): Promise<Grant> {
    const found = (await this.grants(target)).find(({ principal }) => principal.id === to.id);
    if (!found) throw new Error('There is no such grant.');
    return found;
  }

  async revocation(to: { id: string }, target: GrantTarget): Promise<AccessChange> {
    const { id, version } = await this.grant(to, target);
    return { op: 'revoke', grantId: id, version };
  }

  /** Whether everything that was handed on stands. */
  async stands(): Promise<boolean> {
    return (await this.core.app.get(CascadeService).falling(this.core.app.get(AccessBook).state)).length === 0;
  }
}

export const on = ({ id }: { id: ContainerId }) => ({ kind: 'container', id }) as const;
export const onProject = ({ id }: Project) => ({ kind: 'project', id }) as const;
export const toTeam = ({ id }: Team) => ({ principal: { kind: 'team' as const, id } });
export const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

/** What is answered: where it is refused, with what is missing. */
export async function answered(
  who: Asking,
  ...changes: AccessChange[]
): Promise<{ status: number; missing?: string[] }> {
  const { status, body } = await who.post('access/changes', { changes });
  return status === 403 ? { status, missing: body.params.missing } : { status };
}
