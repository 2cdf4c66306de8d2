import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  AccessRequestId,
  AlertId,
  AlertSilenceId,
  ChannelId,
  ContainerId,
  DashboardId,
  DraftId,
  type GrantTarget,
  InvitationId,
  NO_QUOTA,
  OperationId,
  PasskeyId,
  PluginId,
  ProjectId,
  SessionId,
  TeamId,
  type TenantId,
  TerminalId,
  TokenId,
  VolumeId,
} from '@bailiwick/contract';
import { ConfigurationBook } from '../../src/features/configurations/configuration-book.service.js';
import { toMade } from '../../src/features/configurations/configurations.rules.js';
import { ContainerRemovalService } from '../../src/features/containers/container-removal.service.js';
import { AlertRow } from '../../src/features/alerts/alert.entity.js';
import { AlertsStore } from '../../src/features/alerts/alerts.store.js';
import { AccessRequestRow } from '../../src/features/access-requests/access-request.entity.js';
import { AccessRequestsStore } from '../../src/features/access-requests/access-requests.store.js';
import { AuditExportsDriver } from '../../src/features/audit/audit-exports.driver.js';
import { DashboardRow } from '../../src/features/dashboards/dashboard.entity.js';
import { DraftRow } from '../../src/features/drafts/draft.entity.js';
import { DraftsService } from '../../src/features/drafts/drafts.service.js';
import { BackgroundCommandsStore } from '../../src/features/commands/background-commands.store.js';
import { RecordingsFolder } from '../../src/features/terminals/recordings-folder.driver.js';
import { RecordingsStore } from '../../src/features/terminals/recordings.store.js';
import { UploadsFolder } from '../../src/features/uploads/uploads-folder.driver.js';
import { TerminalsService } from '../../src/features/terminals/terminals.service.js';
import { PluginPackages } from '../../src/features/plugin-packages/plugin-packages.service.js';
import { ChannelBook } from '../../src/features/channels/channel-book.service.js';
import { ChannelDrivers } from '../../src/features/channels/channel-drivers.service.js';
import type { ChannelRow } from '../../src/features/channels/channel.entity.js';
import { SilenceBook } from '../../src/features/silences/silence-book.service.js';
import type { SilenceRow } from '../../src/features/silences/silence.entity.js';
import { ProjectsStore } from '../../src/features/projects/projects.store.js';
import { TeamsStore } from '../../src/features/teams/teams.store.js';
import { AccessBook } from '../../src/foundation/access/access-book.js';
import { toProject } from '../../src/foundation/access/access.store.js';
import { ProjectRow } from '../../src/foundation/access/project.entity.js';
import { RoleCatalogue } from '../../src/foundation/access/role-catalogue.js';
import { AuditEventRow } from '../../src/foundation/audit/audit-event.entity.js';
import { AuditService } from '../../src/foundation/audit/audit.service.js';
import { ContainerRowsService } from '../../src/foundation/environments/container-rows.service.js';
import { KeptLogFolders } from '../../src/foundation/environments/kept-log-folders.driver.js';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import { VolumeRow } from '../../src/foundation/environments/volume.entity.js';
import { VolumeRowsService } from '../../src/foundation/environments/volume-rows.service.js';
import { Invitation } from '../../src/foundation/identity/invitation.entity.js';
import { InvitationsService } from '../../src/foundation/identity/invitations.service.js';
import { PasskeyRow } from '../../src/foundation/identity/passkey.entity.js';
import { SessionsService } from '../../src/foundation/identity/sessions.service.js';
import { TenantsService } from '../../src/foundation/identity/tenants.service.js';
import { TokensService } from '../../src/foundation/identity/tokens.service.js';
import { UsersService } from '../../src/foundation/identity/users.service.js';
import { OperationsStore } from '../../src/foundation/operations/operations.store.js';
import { SecretKey } from '../../src/kernel/secret-key.js';
import { Database } from '../../src/kernel/database/database.js';
import { newId } from '../../src/kernel/ids.js';
import type { TestApp } from '../app.js';
import { aSpec } from '../factories/spec.js';
import { fakeEngine, localEnvironment } from '../fake-engine.js';
import { openSession, signIn, type SignedInPerson } from '../sign-in.js';
import type { Cast } from './cast.js';

/** One thing an address can name. */
export interface Thing {
  readonly id: string;
  /** What stands for the second id of an address. */
  readonly second?: string;
  readonly tenantId: TenantId;
  /** What can be granted, so that somebody else sees it. */
  readonly target?: GrantTarget;
}

interface Maker {
  /** One that is this person's. */
  make(of: SignedInPerson): Promise<Thing>;
  /** One that was there and is gone. */
  gone(of: SignedInPerson): Promise<Thing>;
}

export type Noun = keyof ReturnType<typeof thingsOf>;

async function* nothing(): AsyncGenerator<never> {}

/** Makes things past the routes, as the services keep them: hundreds of cells need one of their own. */
export function thingsOf(core: TestApp, cast: Cast) {
  const { app } = core;
  const database = app.get(Database);
  const book = app.get(AccessBook);
  const users = app.get(UsersService);
  let made = 0;
  const number = () => (made += 1);

  /** By what makes it and what takes it away. */
  const kept = (
    make: (of: SignedInPerson) => Promise<Thing>,
    remove: (thing: Thing, of: SignedInPerson) => Promise<unknown>,
  ): Maker => ({
    make,
    async gone(of) {
      const thing = await make(of);
      await remove(thing, of);
      return thing;
    },
  });
  /** For what nobody can take away: an id that names nothing. */
  const never = (make: (of: SignedInPerson) => Promise<Thing> | Thing, id: () => string): Maker => ({
    make: async (of) => make(of),
    gone: ({ user: { tenantId } }) => Promise.resolve({ id: id(), tenantId }),
  });
  const common = (id: string, unknown: () => string): Maker => never(({ user: { tenantId } }) => ({ id, tenantId }), unknown); // prettier-ignore

  async function container({ user: { id: ownerId, displayName: ownerName, tenantId } }: SignedInPerson) {
    const id = newId('ct');
    const environmentId = localEnvironment(core);
    const name = `thing-${number()}`;
    const rows = app.get(ContainerRowsService);
    await rows.reserve({ id, tenantId, environmentId, name, managed: true, ownerId, ownerName, preset: null, configuration: null }); // prettier-ignore
    const engineId = fakeEngine(core).put({ name, command: ['sleep', 'infinity'] });
    fakeEngine(core).get(engineId).files.write('/data/a.txt', Buffer.from('a'));
    await rows.attach(id, engineId);
    await app.get(MirrorsService).refresh(environmentId, engineId);
    return { id, tenantId, target: { kind: 'container' as const, id } };
  }

  /** In a container of this person's; who opened it is the owner, for not everybody may. */
  async function terminal(of: SignedInPerson): Promise<Thing> {
    const thing = await container(of);
    const wish = { containerId: thing.id, root: false, columns: 80, rows: 24 };
    const { facts } = await app.get(TerminalsService).start(cast.get('owner').actor, {}, wish);
    return { ...thing, second: facts.id };
  }

  /** That this person started, and that ended, in a container of theirs. */
  async function command(of: SignedInPerson): Promise<Thing> {
    const thing = await container(of);
    const { id: containerId, tenantId } = thing;
    const row = { id: newId('cmd'), environmentId: localEnvironment(core), tenantId, containerId, engineId: 'none', execId: null, pid: null, born: null, command: 'ls', userId: of.user.id, userName: 'Somebody', startedAt: 0, endedAt: 1, outcome: 'lost' as const, exitCode: null, unheardSince: 0 }; // prettier-ignore
    await app.get(BackgroundCommandsStore).save(row);
    return { ...thing, second: row.id };
  }

  async function recording(of: SignedInPerson): Promise<Thing> {
    const { id: containerId, tenantId } = await container(of);
    const row = { id: newId('tty'), tenantId, containerId, root: false, userId: of.user.id, userName: 'Somebody', startedAt: 0, endedAt: 1, bytes: 0, cut: false }; // prettier-ignore
    await app.get(RecordingsStore).save(row);
    const nothingMore = { confidences: [], mostBytes: 10_000, nowMs: () => 0, onFailed: () => undefined };
    const size = { columns: 80, rows: 24 };
    (await app.get(RecordingsFolder).begin(row, { size, startedAtMs: 0, title: 'thing', ...nothingMore })).end();
    return { id: row.id, tenantId };
  }

  /** Begun by this person, for a container of theirs. */
  async function upload(of: SignedInPerson): Promise<Thing> {
    const thing = await container(of);
    const facts = { id: newId('up'), containerId: thing.id, userId: of.user.id, path: '/data/b', replace: false };
    await app.get(UploadsFolder).create({ ...facts, length: 5 });
    return { ...thing, second: facts.id };
  }

  async function removeContainer(thing: Thing): Promise<void> {
    const id = ContainerId.parse(thing.id);
    const seen = app.get(MirrorsService).container(id);
    if (!seen) throw new Error(`${id} is not seen.`);
    await app.get(ContainerRemovalService).remove(seen, { force: true, unnamed: [] });
    await database.transaction((rows) => app.get(ContainerRemovalService).forget(rows, id));
  }

  /** Deleted, and called as its id, so that whoever names it can type its name. */
  /** Of a container that lies in the bin. */
  async function plugin({ user: { tenantId } }: SignedInPerson): Promise<Thing> {
    const packages = app.get(PluginPackages);
    const folder = path.join(packages.root, `plugin-${newId('op').slice(3)}`);
    await mkdir(folder, { recursive: true });
    // Nothing listens there: it is seen and never runs.
    await writeFile(
      path.join(folder, 'plugin.json'),
      JSON.stringify({ api_version: 'v2', endpoint: '127.0.0.1:9', settings: { type: 'object' } }),
    );
    await packages.rescan();
    const found = packages.all().find((one) => one.folder === folder);
    if (!found) throw new Error(`${folder} was not found.`);
    return { id: found.id, tenantId };
  }

  async function forgetPlugin({ id }: Thing): Promise<void> {
    const packages = app.get(PluginPackages);
    const folder = packages.find(PluginId.parse(id))?.folder ?? '';
    await rm(folder, { recursive: true });
    await packages.rescan();
  }

  async function keptLog(of: SignedInPerson): Promise<Thing> {
    const thing = await binned(of);
    const folder = app.get(KeptLogFolders).folderOf(ContainerId.parse(thing.id));
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, '00000001-0000000000001.jsonl'), '');
    return thing;
  }

  async function binned({ user, actor }: SignedInPerson): Promise<Thing> {
    const { id: ownerId, displayName: ownerName, tenantId } = user;
    const id = newId('ct');
    const rows = app.get(ContainerRowsService);
    await rows.reserve({ id, tenantId, environmentId: localEnvironment(core), name: id, managed: true, ownerId, ownerName, preset: null, configuration: null }); // prettier-ignore
    const operationId = newId('op');
    const { labels: _, ...spec } = aSpec({ name: id });
    await database.transaction(async (inside) => {
      await app.get(ConfigurationBook).write(inside, actor, { containerId: id, operationId, why: 'deployed', made: toMade(spec) }); // prettier-ignore
      await app.get(ConfigurationBook).apply(inside, operationId);
      await rows.markRemoved(id, inside);
    });
    return { id, tenantId, target: { kind: 'container', id } };
  }

  /** A finished operation of that person on a container of theirs. */
  const operation =
    (name: string, state: 'done' | 'failed', input: object) =>
    async (of: SignedInPerson): Promise<Thing> => {
      const { user } = of;
      const { id: containerId, target } = await container(of);
      const id = newId('op');
      const now = Date.now();
      const row = {
        id,
        name,
        state,
        tenantId: user.tenantId,
        environmentId: localEnvironment(core),
        containerId,
        targetLabel: 'thing',
        actorId: user.id,
        actorName: user.displayName,
        via: 'panel' as const,
        address: null,
        ownerId: user.id,
        input,
        result: null,
        error: null,
        failedStep: null,
        cancelRequestedAt: null,
        createdAt: now,
        startedAt: now,
        finishedAt: now,
      };
      const step = { operationId: id, name: 'work', position: 0, state: 'done' as const, attempts: 1, result: null, startedAt: now, finishedAt: now, compensatedAt: null }; // prettier-ignore
      await database.transaction((rows) => app.get(OperationsStore).insert(rows, { row, steps: [step] }));
      return { id, tenantId: user.tenantId, target };
    };

  /** The trail of finished operations is for ever. */
  const operations = (name: string, state: 'done' | 'failed', input: object): Maker =>
    never(operation(name, state, input), () => newId('op'));

  async function exported(of: SignedInPerson): Promise<Thing> {
    const thing = await operation('audit.export', 'done', { format: 'csv', filter: {} })(of);
    await app
      .get(AuditExportsDriver)
      .write(OperationId.parse(thing.id), 'csv', nothing(), new AbortController().signal);
    return thing;
  }

  async function goneUser({ user: { tenantId } }: SignedInPerson): Promise<Thing> {
    const tenant = await app.get(TenantsService).get(tenantId);
    const { user } = await signIn(core, { platformRole: 'member', tenant: tenant.slug });
    await users.write(await users.homeOfUser(user.id), (rows, tell) => users.remove(rows, tell, user.id));
    return { id: user.id, second: newId('tok'), tenantId };
  }

  async function token({ user: { id: userId, tenantId } }: SignedInPerson): Promise<Thing> {
    const wanted = { userId, name: 'mine', capabilities: ['containers.see' as const], targets: [], grave: false, expiresInDays: 1 }; // prettier-ignore
    const { row } = await database.transaction((rows) => app.get(TokensService).create(rows, wanted));
    return { id: row.id, tenantId };
  }

  async function session({ user }: SignedInPerson): Promise<Thing> {
    const { actor } = await openSession(core, user);
    return { id: actor.sessionId, tenantId: user.tenantId };
  }

  async function passkey({ user: { id: userId, tenantId } }: SignedInPerson): Promise<Thing> {
    const id = newId('pky');
    const row: PasskeyRow = {
      id,
      userId,
      credentialId: id,
      publicKey: 'none',
      counter: 0,
      transports: [],
      site: 'localhost',
      name: 'Phone',
      synced: false,
      createdAt: Date.now(),
      lastUsedAt: null,
    };
    await users.write(await users.homeOfUser(userId), (rows) => rows.insert(PasskeyRow, row));
    return { id, tenantId };
  }

  async function invitation({ user }: SignedInPerson): Promise<Thing> {
    const tenant = await app.get(TenantsService).get(user.tenantId);
    const by = { userId: user.id, displayName: user.displayName };
    const wanted = { tenant, email: `guest${number()}@example.test`, platformRole: 'member' as const, roleTag: null, days: 7, by }; // prettier-ignore
    const home = users.homeFor('member', tenant);
    const { id } = await users.write(home, (rows) => app.get(InvitationsService).add(rows, wanted));
    return { id, tenantId: user.tenantId };
  }

  /** Past the limit, as drafts are. */
  async function dashboard({ user }: SignedInPerson): Promise<Thing> {
    const id = newId('da');
    const row = { id, ownerId: user.id, name: 'Mine', widgets: '[]', shared: false, version: 1, savedAt: Date.now() };
    await database.transaction((rows) => rows.insert(DashboardRow, row));
    return { id, tenantId: user.tenantId };
  }

  /** Past the limit: a person asks about more than anybody keeps. */
  async function draft({ user }: SignedInPerson): Promise<Thing> {
    const id = newId('dr');
    const sealed = app.get(SecretKey).seal('drafts', id, '{}');
    const row = { id, ownerId: user.id, preset: null, title: 'Mine', name: 'mine', sealed, version: 1, savedAt: Date.now() }; // prettier-ignore
    await database.transaction((rows) => rows.insert(DraftRow, row));
    return { id, tenantId: user.tenantId };
  }

  async function team({ user }: SignedInPerson): Promise<Thing> {
    const { tenantId } = user;
    const name = `Team ${number()}`;
    const row = { id: newId('tea'), tenantId, name, nameKey: name.toLowerCase(), description: '', priority: 100, createdAt: 0 }; // prettier-ignore
    await book.change(async (rows) => {
      await app.get(TeamsStore).put(rows, row, [user.id]);
      const known = { id: row.id, tenantId, name, priority: 100, members: new Set([user.id]) };
      return { writes: { putTeams: [known] }, result: undefined };
    });
    return { id: row.id, tenantId };
  }

  async function project({ user }: SignedInPerson): Promise<Thing> {
    const name = `Project ${number()}`;
    const row: ProjectRow = {
      id: newId('prj'),
      tenantId: user.tenantId,
      name,
      nameKey: name.toLowerCase(),
      description: '',
      tags: [],
      ownerId: user.id,
      defaultRole: 'operator',
      quota: NO_QUOTA,
      createdAt: 0,
      archivedAt: null,
    };
    await book.change(async (rows) => {
      await app.get(ProjectsStore).put(rows, row);
      return { writes: { putProjects: [toProject(row)] }, result: undefined };
    });
    return { id: row.id, tenantId: user.tenantId, target: { kind: 'project', id: row.id } };
  }

  /** Kept, and called as its id, so that whoever names it can type its name. */
  async function volume({ user: { id: ownerId, displayName: ownerName, tenantId } }: SignedInPerson): Promise<Thing> {
    const id = newId('vol');
    const row = { id, tenantId, environmentId: localEnvironment(core), name: id, label: 'data', target: '/data', containerId: null, containerName: 'app', ownerId, ownerName, operationId: newId('op'), removalId: null, madeAt: 0, detachedAt: 0, removedAt: null }; // prettier-ignore
    await database.transaction((rows) => rows.insert(VolumeRow, row));
    return { id, tenantId };
  }

  /** Of that person, for something on a container of a colleague. */
  async function request(of: SignedInPerson): Promise<Thing> {
    const { id: targetId, target } = await container(cast.colleagueOf(of));
    const now = Date.now();
    const row: AccessRequestRow = {
      id: newId('ask'),
      tenantId: of.user.tenantId,
      userId: of.user.id,
      targetKind: 'container',
      targetId,
      capabilities: ['containers.restart'],
      reason: 'The shop is down.',
      durationMs: null,
      state: 'pending',
      createdAt: now,
      expiresAt: now + 3_600_000,
      decidedBy: null,
      decidedByName: null,
      decidedAt: null,
      note: null,
      grantId: null,
    };
    await database.transaction((rows) => app.get(AccessRequestsStore).add(rows, row));
    return { id: row.id, tenantId: of.user.tenantId, target };
  }

  /** That a container of that person ended by itself. */
  async function alert(of: SignedInPerson): Promise<Thing> {
    const { id, tenantId, target } = await container(of);
    const containerId = ContainerId.parse(id);
    const key = `container_stopped:${id}`;
    const now = Date.now();
    const row: AlertRow = {
      id: newId('alr'),
      key,
      openKey: key,
      rule: 'container_stopped',
      thingKind: 'container',
      thingId: id,
      label: 'thing',
      tenantId,
      environmentId: localEnvironment(core),
      containerId,
      userId: null,
      count: 1,
      facts: { exitCode: 1 },
      openedAt: now,
      lastAt: now,
      closedAt: null,
      end: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      acknowledgedByName: null,
      silencedUntil: null,
    };
    await database.transaction((rows) => app.get(AlertsStore).insert(rows, row));
    return { id: row.id, tenantId, target };
  }

  /** Of the installation. */
  async function channel({ user: { tenantId } }: SignedInPerson, delegated = false): Promise<Thing> {
    const id = newId('chn');
    const name = `channel-${number()}`;
    const now = Date.now();
    const row: ChannelRow = {
      id,
      name,
      nameKey: name,
      kind: 'slack',
      sealed: app.get(ChannelDrivers).seal(id, { kind: 'slack', url: 'http://127.0.0.1:9/hook' }),
      rules: null,
      tenantId: delegated ? tenantId : null,
      delegated,
      recoveries: true,
      enabled: true,
      createdAt: now,
      since: now,
      attempts: 0,
      dueAt: now,
      lost: 0,
      lastSentAt: null,
      failure: null,
      status: null,
      said: null,
      failedAt: null,
    };
    await app.get(ChannelBook).add(row, () => Promise.resolve());
    return { id, tenantId };
  }

  /** Of the tenant of that person. */
  async function tenantChannel(of: SignedInPerson): Promise<Thing> {
    const { id, tenantId } = await channel(of, true);
    return { id: tenantId, second: id, tenantId };
  }

  /** Of a container of that person. */
  async function silence(of: SignedInPerson): Promise<Thing> {
    const { id, tenantId, target } = await container(of);
    const now = Date.now();
    const row: SilenceRow = {
      id: newId('sil'),
      reason: 'Rebuilt today',
      rule: null,
      scope: { kind: 'container', id: ContainerId.parse(id) },
      time: { kind: 'once', from: new Date(now).toISOString(), until: new Date(now + 3_600_000).toISOString() },
      createdBy: of.user.id,
      createdByName: of.user.displayName,
      createdAt: now,
    };
    await app.get(SilenceBook).add(row, () => Promise.resolve());
    return { id: row.id, tenantId, ...(target ? { target } : {}) };
  }

  /** What that person did, in the trail. */
  async function event({ user, actor }: SignedInPerson): Promise<Thing> {
    const target = { kind: 'user', id: user.id, label: user.username, tenantId: user.tenantId };
    await app.get(AuditService).record(null, { actor, action: 'account.update', target, outcome: 'done' });
    const [row] = await database.repository(AuditEventRow).find({ where: { actorId: user.id }, order: { seq: 'DESC' }, take: 1 }); // prettier-ignore
    if (!row) throw new Error('Nothing was written down.');
    return { id: row.id, tenantId: user.tenantId };
  }

  async function role({ user: { tenantId, id: updatedBy } }: SignedInPerson): Promise<Thing> {
    const name = `role-${number()}`;
    await app
      .get(RoleCatalogue)
      .put({ name, description: '', capabilities: ['containers.see'], updatedBy }, () => Promise.resolve());
    return { id: name, tenantId };
  }

  return {
    containers: kept(container, removeContainer),
    terminals: kept(terminal, removeContainer),
    commands: kept(command, removeContainer),
    recordings: kept(recording, ({ id }) => app.get(RecordingsStore).remove(TerminalId.parse(id))),
    uploads: kept(upload, removeContainer),
    'kept-logs': kept(keptLog, ({ id }) => app.get(KeptLogFolders).remove(ContainerId.parse(id))),
    bin: kept(binned, ({ id }) =>
      database.transaction((rows) => app.get(ConfigurationBook).purge(rows, [ContainerId.parse(id)])),
    ),
    operations: operations('containers.delete', 'done', {}),
    deployments: operations('containers.deploy', 'failed', {}),
    exports: never(exported, () => newId('op')),
    users: { make: ({ user }) => Promise.resolve({ id: user.id, tenantId: user.tenantId }), gone: goneUser } as Maker,
    userTokens: {
      async make(of) {
        const { id } = await token(of);
        return { id: of.user.id, second: id, tenantId: of.user.tenantId };
      },
      gone: goneUser,
    } as Maker,
    tokens: kept(token, ({ id }) =>
      database.transaction((rows) => app.get(TokensService).revoke(rows, TokenId.parse(id))),
    ),
    dashboards: kept(dashboard, ({ id }) =>
      database.transaction((rows) => rows.delete(DashboardRow, { id: DashboardId.parse(id) })),
    ),
    drafts: kept(draft, ({ id }, { actor }) => app.get(DraftsService).delete(actor, DraftId.parse(id))),
    sessions: kept(session, ({ id }) => database.transaction((rows) => app.get(SessionsService).end(rows, SessionId.parse(id)))), // prettier-ignore
    passkeys: kept(passkey, async ({ id }, { user }) =>
      users.write(await users.homeOfUser(user.id), (rows) => rows.delete(PasskeyRow, { id: PasskeyId.parse(id) })),
    ),
    invitations: kept(invitation, async ({ id, tenantId }) =>
      users.write(users.homeFor('member', await app.get(TenantsService).get(tenantId)), (rows) =>
        rows.delete(Invitation, { id: InvitationId.parse(id) }),
      ),
    ),
    teams: kept(team, ({ id }) =>
      book.change(async (rows) => {
        await app.get(TeamsStore).remove(rows, TeamId.parse(id));
        return { writes: { dropTeams: [TeamId.parse(id)] }, result: undefined };
      }),
    ),
    projects: kept(project, ({ id }) =>
      book.change(async (rows) => {
        await rows.delete(ProjectRow, { id: ProjectId.parse(id) });
        return { writes: { dropProjects: [ProjectId.parse(id)] }, result: undefined };
      }),
    ),
    volumes: kept(volume, ({ id }) => app.get(VolumeRowsService).markRemoved(VolumeId.parse(id))),
    requests: kept(request, ({ id }) =>
      database.transaction((rows) => rows.delete(AccessRequestRow, { id: AccessRequestId.parse(id) })),
    ),
    alerts: kept(alert, ({ id }) => database.transaction((rows) => rows.delete(AlertRow, { id: AlertId.parse(id) }))),
    channels: kept(
      (of) => channel(of),
      ({ id }) => app.get(ChannelBook).remove(ChannelId.parse(id), () => Promise.resolve()),
    ),
    tenantChannels: kept(tenantChannel, ({ second }) =>
      app.get(ChannelBook).remove(ChannelId.parse(second), () => Promise.resolve()),
    ),
    silences: kept(silence, ({ id }) => app.get(SilenceBook).remove(AlertSilenceId.parse(id), () => Promise.resolve())),
    plugins: kept(plugin, forgetPlugin),
    // It does not run, and so can do nothing.
    pluginActions: kept(async (of) => ({ ...(await plugin(of)), second: 'clean' }), forgetPlugin),
    audit: never(event, () => newId('aud')),
    roles: kept(role, ({ id }) => app.get(RoleCatalogue).remove(id, () => Promise.resolve())),
    tenants: never(({ user: { tenantId } }) => ({ id: tenantId, tenantId }), () => newId('ten')), // prettier-ignore
    environments: common(localEnvironment(core), () => newId('env')),
    presets: common('web', () => 'gone'),
    providers: common('hub', () => 'gone'),
  };
}
