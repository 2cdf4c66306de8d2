import type { handleUnaryCall } from '@grpc/grpc-js';
import { Injectable } from '@nestjs/common';
import { RoleTag } from '@bailiwick/contract';
import * as z from 'zod';
import type { HostHandlers } from '../../generated/bailiwick/plugin/v2/Host.js';
import { RoleCatalogue } from '../../foundation/access/role-catalogue.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { Clock } from '../../kernel/clock.js';
import { conflict, invalid } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { setOnly } from '../../kernel/grpc/set-only.rules.js';
import { fromStruct } from '../../kernel/grpc/struct.rules.js';
import { SecretKey } from '../../kernel/secret-key.js';
import { type HostCaller, type HostMethod, reaches } from './host-methods.rules.js';
import { PluginEvents } from './plugin-events.service.js';
import { actorOf, PluginPeople, Wanted } from './plugin-people.service.js';
import { PluginValuesStore } from './plugin-values.store.js';

type Unary = Exclude<HostMethod, 'Subscribe' | 'WriteLog'>;
type Work<Handler> =
  Handler extends handleUnaryCall<infer Request, infer Answer>
    ? (caller: HostCaller, request: Request) => Promise<Answer>
    : never;
export type HostWork = { readonly [Method in Unary]: Work<HostHandlers[Method]> };

const OUTCOMES = { created: 1, updated: 2, unchanged: 3 } as const;
const [VALUE_BYTES, VALUES] = [64 * 1024, 1000];
const PURPOSE = 'plugin-values';
const EventName = z.string().regex(/^[a-z][a-z0-9_.-]{0,63}$/, 'is a name such as synced');
const Key = z.string().min(1).max(200);
const page = (limit: number | undefined, most: number) =>
  parse(z.int().min(0).max(most), limit ?? 0, 'limit') || Math.min(200, most);

/** What plugins may ask of the core; that they may was asked before. */
@Injectable()
export class HostCalls {
  constructor(
    private readonly people: PluginPeople,
    private readonly listeners: PluginEvents,
    private readonly roles: RoleCatalogue,
    private readonly mirrors: MirrorsService,
    private readonly tenants: TenantsService,
    private readonly values: PluginValuesStore,
    private readonly audit: AuditService,
    private readonly key: SecretKey,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  readonly work: HostWork = {
    ListUsers: async (caller, { tenant = '', limit, cursor = '' }) => {
      const most = page(limit, 2000);
      const all = (await this.people.list(caller, tenant)).filter(({ username }) => username > cursor);
      const users = all.slice(0, most).map((user) => ({
        id: user.id,
        username: user.username,
        displayName: user.displayName,
        tenant,
        email: user.email ?? '',
        roleTag: user.roleTag ?? '',
        isActive: user.active,
      }));
      return { users, nextCursor: all.length > most ? (users.at(-1)?.username ?? '') : '' };
    },
    SyncUser: async (caller, request) => {
      const { outcome, id } = await this.people.sync(caller, parse(Wanted, setOnly(request), ''));
      return { outcome: OUTCOMES[outcome], id: id ?? '' };
    },
    SetIdentityTag: async (caller, { username = '', tenant = '', roleTag = '' }) => {
      await this.people.setTag(caller, { username, tenant, roleTag: roleTag === '' ? null : roleTag });
      return {};
    },
    ListRoles: async () => ({
      roles: (await this.roles.all()).map(({ name, description }) => ({ tag: name, description })),
    }),
    UpsertRole: async (caller, { tag, description = '' }) => {
      await this.upsertRole(caller, parse(RoleTag, tag, 'tag'), parse(z.string().max(200), description, 'description'));
      return {};
    },
    ListContainers: async (caller, { tenant = '', limit, cursor = '' }) => {
      const most = page(limit, 1000);
      const only = tenant === '' ? undefined : await this.people.tenant(caller, tenant);
      const slugs = new Map((await this.tenants.all()).map(({ id, slug }) => [id, slug]));
      const all = this.mirrors
        .containers()
        .filter(({ id, tenantId }) => id > cursor && reaches(caller, tenantId) && (!only || only.id === tenantId))
        .toSorted((one, other) => (one.id < other.id ? -1 : 1));
      const containers = all.slice(0, most).map(({ id, name, tenantId, image, state, environmentId, createdAtMs }) => ({
        id,
        name,
        tenant: slugs.get(tenantId) ?? '',
        image,
        state,
        environment: environmentId,
        createdAtMs,
      }));
      return { containers, nextCursor: all.length > most ? (containers.at(-1)?.id ?? '') : '' };
    },
    EmitEvent: async (caller, { event, tenant = '', data }) => {
      const name = parse(EventName, event, 'event');
      const place = tenant === '' ? null : await this.people.tenant(caller, tenant);
      if (!place && caller.tenants !== null)
        throw invalid([{ path: 'tenant', code: 'invalid_value', message: 'Name one of the tenants the plugin reaches.' }]); // prettier-ignore
      this.listeners.emit(caller, name, place?.id ?? null, fromStruct(data));
      return {};
    },
    GetValue: async ({ id }, { key }) => {
      const row = await this.values.get(id, parse(Key, key, 'key'));
      if (!row) return { isThere: false };
      return { isThere: true, value: Buffer.from(this.key.open(PURPOSE, `${id}:${row.key}`, row.value), 'base64') };
    },
    SetValue: async ({ id }, { key: named, value = Buffer.alloc(0) }) => {
      const key = parse(Key, named, 'key');
      if (value.length > VALUE_BYTES)
        throw invalid([{ path: 'value', code: 'too_big', message: `A value has ${VALUE_BYTES / 1024} KiB at most.` }]);
      const sealed = this.key.seal(PURPOSE, `${id}:${key}`, Buffer.from(value).toString('base64'));
      const isKept = await this.values.put({ pluginId: id, key, value: sealed, updatedAt: this.clock.now() }, VALUES);
      if (!isKept) throw conflict('wrong_state', `There are ${VALUES} values already.`);
      return {};
    },
    DeleteValue: async ({ id }, { key }) => {
      await this.values.remove(id, parse(Key, key, 'key'));
      return {};
    },
    ListKeys: async ({ id }, { prefix = '' }) => ({
      keys: (await this.values.keys(id)).filter((key) => key.startsWith(prefix)),
    }),
  };

  /** A role of the catalogue by that name; what it lets people do is a person's to decide. */
  private async upsertRole(caller: HostCaller, tag: string, description: string): Promise<void> {
    const known = await this.roles.find(tag);
    if (known?.builtIn) throw conflict('wrong_state', `Every panel has the role ${tag}; it cannot be changed.`);
    if (known?.description === description) return;
    const capabilities = known?.capabilities ?? [];
    const target = { kind: 'role', id: tag, label: tag };
    await this.roles.put(
      { name: tag, description, capabilities, updatedBy: null },
      (rows) =>
      this.audit.record(rows, { actor: actorOf(caller), action: 'roles.put', target, outcome: 'done', details: { description } }), // prettier-ignore
    );
    this.events.publish('role.changed', { name: tag });
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, path: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.map((issue) => ({ path: [path, ...issue.path].filter(Boolean).join('.'), code: issue.code, message: issue.message }))); // prettier-ignore
}
