import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import {
  type AccessRequestId,
  type AlertId,
  type EnvironmentId,
  OperationId,
  type PluginId,
  type ProjectId,
  type TeamId,
  type TenantId,
  type Topic,
} from '@bailiwick/contract';
import { AccessBook } from '../../foundation/access/access-book.js';
import { allows, canEverHold, onTenant, rightsKey } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { type CoreEvents, Events } from '../../kernel/events.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { targetsTouched } from '../access/grants.rules.js';
import { GrantsService } from '../access/grants.service.js';
import { AccessRequestsService } from '../access-requests/access-requests.service.js';
import { AlertsService } from '../alerts/alerts.service.js';
import { ContainerListService } from '../containers/container-list.service.js';
import { EngineEventsService } from '../engine-events/engine-events.service.js';
import { MetricsService } from '../metrics/metrics.service.js';
import { UsageSamplerService } from '../metrics/usage-sampler.service.js';
import { PeopleListService } from '../people/people-list.service.js';
import { PluginsService } from '../plugins/plugins.service.js';
import { ProjectsService, targetOf } from '../projects/projects.service.js';
import { RolesService } from '../roles/roles.service.js';
import { TeamsService } from '../teams/teams.service.js';
import { TenantAdministrationService } from '../tenants/tenant-administration.service.js';
import type { Touch } from './live-batch.js';
import { containerOf, type FeedKind, isOfAccess, isOfUsage, projectsTouchedBy, teamsTouchedBy } from './live.rules.js';

/** Whoever tells on what changes. */
interface Audience {
  readonly touched: (kind: FeedKind, touch: Touch) => void;
  /** What is followed now. */
  readonly followed: () => readonly Topic[];
}

/** The newest operations a topic begins with; older ones are read page by page. */
const OPERATIONS = 200;

/** The newest engine events a topic begins with. */
const ENGINE_EVENTS = 200;

/** What each topic shows, and when something of it changes. Items are those of the lists. */
@Injectable()
export class LiveFeedsService implements OnModuleInit, OnModuleDestroy {
  private readonly audiences = new Set<Audience>();
  private unsubscribe: ReadonlyArray<() => void> = [];
  private readonly log: Log;

  constructor(
    private readonly containers: ContainerListService,
    private readonly environments: EnvironmentsService,
    private readonly operations: OperationsService,
    private readonly people: PeopleListService,
    private readonly tenants: TenantAdministrationService,
    private readonly roles: RolesService,
    private readonly teams: TeamsService,
    private readonly projects: ProjectsService,
    private readonly requests: AccessRequestsService,
    private readonly metrics: MetricsService,
    private readonly sampler: UsageSamplerService,
    private readonly alerts: AlertsService,
    private readonly engineEvents: EngineEventsService,
    private readonly plugins: PluginsService,
    private readonly grants: GrantsService,
    private readonly book: AccessBook,
    private readonly users: UsersService,
    private readonly events: Events,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('live');
  }

  onModuleInit(): void {
    this.sampler.watchedBy(() => this.followed());
    this.unsubscribe = [
      this.events.on('container.shown', (change) => this.touchContainer(change)),
      this.events.on('environment.changed', ({ environmentId }) => this.touchEnvironment(environmentId)),
      this.events.on('operation.changed', ({ operationId }) => this.touchOperation(operationId)),
      this.events.on('person.changed', (change) => this.touchPerson(change)),
      this.events.on('tenant.changed', ({ tenantId }) => this.touchTenantWithPeople(tenantId)),
      this.events.on('role.changed', ({ name }) => this.touchRole(name)),
      this.events.on('access.changed', (change) => this.touchAccess(change)),
      this.events.on('grants.ended', ({ grants }) => this.touchMarks(new Set(grants.map(({ target }) => target.id)))),
      this.events.on('accessRequest.changed', ({ requestId }) => this.touchRequest(requestId)),
      this.events.on('usage.measured', (measured) => this.touchUsage(measured)),
      this.events.on('engine.event', (note) => this.touchEngineEvent(note)),
      this.events.on('alert.changed', ({ alertId }) => this.touchAlert(alertId)),
      this.events.on('plugin.changed', ({ pluginId }) => this.touchPlugin(pluginId)),
    ];
  }

  onModuleDestroy(): void {
    for (const stop of this.unsubscribe) stop();
  }

  serve(audience: Audience): void {
    this.audiences.add(audience);
  }

  /** Everything of a topic this actor may see; 404 for one operation that is not his to see. */
  async snapshot(actor: Actor, topic: Topic): Promise<unknown[]> {
    switch (topic) {
      case 'containers':
        return this.containers.all(actor);
      case 'environments':
        return this.environments.list(actor);
      case 'operations':
        return (await this.operations.list(actor, { limit: OPERATIONS })).items;
      case 'people':
        return this.people.all(actor);
      case 'tenants':
        return (await this.tenants.list(actor)).items;
      case 'roles':
        return (await this.roles.list(actor)).items;
      case 'teams':
        return (await this.teams.list(actor, {})).items;
      case 'projects':
        return this.projects.all(actor);
      case 'accessRequests':
        return this.requests.all(actor);
      case 'usage':
        return this.metrics.usage(actor);
      case 'hostUsage':
        return this.metrics.hosts(actor);
      case 'alerts':
        return (await this.alerts.list(actor, { state: 'open' })).items;
      case 'engineEvents':
        return this.engineEvents.list(actor, { limit: ENGINE_EVENTS }).items;
      case 'plugins':
        return this.plugins.list(actor).items;
      default:
        if (isOfUsage(topic)) return this.metrics.usageOf(actor, containerOf(topic));
        if (isOfAccess(topic)) return [await this.grants.mark(actor, containerOf(topic))];
        return [await this.operations.get(actor, OperationId.parse(topic.slice('operation:'.length)))];
    }
  }

  private touchContainer({ before, after }: CoreEvents['container.shown']): void {
    const shown = after ?? before;
    if (!shown) return;
    this.touch('containers', {
      id: shown.bare.id,
      topics: ['containers'],
      read: (actor) => after && this.containers.itemFor(actor, after),
      wasVisibleTo: (actor) => before !== undefined && this.containers.itemFor(actor, before) !== undefined,
    });
    if (before?.seen.projectId !== after?.seen.projectId || before?.seen.ownerId !== after?.seen.ownerId)
      this.touchMarks(new Set([shown.bare.id]));
    if (before?.seen.projectId !== after?.seen.projectId)
      for (const id of [before, after].flatMap((side) => side?.seen.projectId ?? []))
        this.touchProject(id, (actor) => before !== undefined && this.containers.itemFor(actor, before) !== undefined);
    if (before?.bare.state !== after?.bare.state) this.touchEnvironment(shown.bare.environmentId);
    if (before?.seen.tenantId === after?.seen.tenantId) return;
    for (const side of [before, after]) if (side) this.touchTenant(side.seen.tenantId);
  }

  private touchPerson({ userId, tenantIds, roleTags }: CoreEvents['person.changed']): void {
    this.touch('people', {
      id: userId,
      topics: ['people'],
      read: this.people.lookAt(userId),
      wasVisibleTo: (actor) =>
        allows(actor, 'people.see', null) || tenantIds.some((id) => allows(actor, 'people.see', onTenant(id))),
      // What may be done to somebody differs even among staff: nobody deletes themselves.
      keyOf: (actor) => `${rightsKey(actor)}:${actor.userId}`,
    });
    for (const tenantId of tenantIds) this.touchTenant(tenantId);
    for (const name of roleTags) this.touchRole(name);
    for (const team of this.book.state.teams.values())
      if (team.members.has(userId)) this.touchTeam(team.id, team.tenantId);
  }

  private touchTenant(id: TenantId): void {
    this.touch('tenants', {
      id,
      topics: ['tenants'],
      read: (actor) => this.tenants.findShown(actor, id),
      wasVisibleTo: (actor) => allows(actor, 'tenants.see', onTenant(id)),
    });
  }

  /** The people of a tenant are shown with its name. */
  private touchTenantWithPeople(id: TenantId): void {
    this.touchTenant(id);
    this.users
      .idsIn(id)
      .then((ids) => ids.forEach((userId) => this.touchPerson({ userId, tenantIds: [], roleTags: [] })))
      .catch((error: unknown) => this.log.error({ err: error, tenant: id }, 'The people of a tenant cannot be told'));
  }

  private touchRole(name: string): void {
    this.touch('roles', {
      id: name,
      topics: ['roles'],
      read: (actor) => this.roles.findShown(actor, name),
      wasVisibleTo: (actor) => canEverHold(actor, 'roles.see'),
    });
  }

  /** Numbers of members and grants, too, are part of what is shown. */
  private touchAccess(change: CoreEvents['access.changed']): void {
    const { before, after } = change;
    for (const { id, tenantId } of teamsTouchedBy(before, after)) this.touchTeam(id, tenantId);
    for (const project of projectsTouchedBy(before, after))
      this.touchProject(project.id, (actor) => allows(actor, 'projects.see', targetOf(project)));
    this.touchMarks(targetsTouched(change));
  }

  /** Of the containers whose access is looked at, those on which it is shown what is handed on on these things. */
  private touchMarks(things: ReadonlySet<string>): void {
    for (const topic of this.followed().filter(isOfAccess)) {
      const id = containerOf(topic);
      if (!this.grants.isShownOn(id, things)) continue;
      this.touch('access', {
        id,
        topics: [topic],
        read: (actor) => this.grants.findMark(actor, id),
        wasVisibleTo: () => true,
      });
    }
  }

  private touchTeam(id: TeamId, tenantId: TenantId): void {
    this.touch('teams', {
      id,
      topics: ['teams'],
      read: (actor) => this.teams.findShown(actor, id),
      wasVisibleTo: (actor) => allows(actor, 'teams.see', onTenant(tenantId)),
    });
  }

  private touchProject(id: ProjectId, wasVisibleTo: Touch['wasVisibleTo']): void {
    this.touch('projects', {
      id,
      topics: ['projects'],
      read: (actor) => this.projects.findShown(actor, id),
      wasVisibleTo,
    });
  }

  private touchRequest(id: AccessRequestId): void {
    this.touch('accessRequests', {
      id,
      topics: ['accessRequests'],
      read: (actor) => this.requests.findShown(actor, id),
      wasVisibleTo: () => false,
      // Whose it is decides who may take it back, even among staff.
      keyOf: (actor) => `${rightsKey(actor)}:${actor.userId}`,
    });
  }

  private touchUsage({ containerIds, environmentIds }: CoreEvents['usage.measured']): void {
    const followed = new Set(this.followed());
    for (const id of containerIds) {
      const topics = (['usage', `usage:${id}`] as const).filter((topic) => followed.has(topic));
      if (topics.length === 0) continue;
      this.touch('usage', {
        id,
        topics,
        read: (actor) => this.metrics.findUsage(actor, id),
        // What ended uses nothing any more, and whoever could see what it used is told so.
        wasVisibleTo: (actor) => this.metrics.maySee(actor, id),
      });
    }
    if (!followed.has('hostUsage')) return;
    for (const id of environmentIds)
      this.touch('hostUsage', {
        id,
        topics: ['hostUsage'],
        read: (actor) => this.metrics.findHost(actor, id),
        wasVisibleTo: () => false,
      });
  }

  private followed(): Topic[] {
    return [...this.audiences].flatMap(({ followed }) => followed());
  }

  private touchAlert(id: AlertId): void {
    this.touch('alerts', {
      id,
      topics: ['alerts'],
      read: (actor) => this.alerts.findShown(actor, id),
      wasVisibleTo: () => false,
      // Whose operation failed decides who sees that.
      keyOf: (actor) => `${rightsKey(actor)}:${actor.userId}`,
    });
  }

  private touchEngineEvent(note: CoreEvents['engine.event']): void {
    this.touch('engineEvents', {
      id: note.id,
      topics: ['engineEvents'],
      read: (actor) => this.engineEvents.show(actor, note),
      wasVisibleTo: () => false,
    });
  }

  private touchPlugin(id: PluginId): void {
    this.touch('plugins', {
      id,
      topics: ['plugins'],
      read: (actor) => this.plugins.findShown(actor, id),
      // Its folder may be gone.
      wasVisibleTo: (actor) => allows(actor, 'plugins.see', null),
    });
  }

  private touchEnvironment(id: EnvironmentId): void {
    this.touch('environments', {
      id,
      topics: ['environments'],
      read: (actor) => this.environments.list(actor).find((environment) => environment.id === id),
      wasVisibleTo: () => false,
    });
  }

  private touchOperation(id: OperationId): void {
    this.touch('operations', {
      id,
      topics: ['operations', `operation:${id}`],
      read: (actor) => this.operations.find(actor, id),
      wasVisibleTo: () => false,
    });
  }

  private touch(kind: FeedKind, touch: Touch): void {
    for (const { touched } of this.audiences) touched(kind, touch);
  }
}
