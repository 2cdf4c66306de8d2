import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Operation, PluginId, PluginSyncReport, SyncPluginUsers } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { conflict, isAppError, notFound } from '../../kernel/errors.js';
import type { JsonObject } from '../../kernel/grpc/struct.rules.js';
import { type HostCaller, toCaller } from '../plugin-host/host-methods.rules.js';
import { PluginPeople, Wanted } from '../plugin-host/plugin-people.service.js';
import { type InstalledPlugin, PluginPackages } from '../plugin-packages/plugin-packages.service.js';
import { PluginProcesses } from '../plugin-processes/plugin-processes.service.js';
import { syncUsers, type SyncPlan, type TellSync } from './sync-users.operation.js';

const MOST = 10_000;
/** So many are told one by one. */
const TOLD = 1000;

type Row = PluginSyncReport['rows'][number];

/** Lets a plugin say who should be there, and makes it so: within its tenants, by its scopes, and never staff. */
@Injectable()
export class PluginUsersService implements OnModuleInit {
  private readonly definition = syncUsers((plan, tell, signal) => this.sync(plan, tell, signal));

  constructor(
    private readonly access: AccessService,
    private readonly operations: OperationsService,
    private readonly packages: PluginPackages,
    private readonly processes: PluginProcesses,
    private readonly people: PluginPeople,
    private readonly stepUp: StepUpService,
  ) {}

  onModuleInit(): void {
    this.operations.register(this.definition);
  }

  /** Without `dryRun: false` it is only told what would be. */
  start(actor: Actor, id: PluginId, wanted: SyncPluginUsers, idempotencyKey: string | undefined): Promise<Operation> {
    this.access.require(actor, 'plugins.see', null);
    const plugin = this.packages.find(id);
    if (!plugin) throw notFound('plugin', id);
    this.access.require(actor, 'plugins.manage', null);
    this.assertAble(plugin, wanted.dryRun);
    if (!wanted.dryRun) this.stepUp.assertProved(actor);
    const { dryRun, limit, cursor, options, users } = wanted;
    const input: SyncPlan = {
      pluginId: id,
      name: plugin.name,
      dryRun,
      limit,
      cursor,
      options: users === undefined ? options : { ...options, users },
    };
    return this.operations.start(
      actor,
      this.definition,
      { input, tenantId: actor.tenantId, environmentId: null, containerId: null, label: plugin.name },
      { idempotencyKey },
    );
  }

  private assertAble({ manifest, consent }: InstalledPlugin, dryRun: boolean): void {
    // The first version knows this call and no other.
    if (manifest?.api_version !== 'v1' && !manifest?.provides.includes('users'))
      throw conflict('wrong_state', 'This plugin does not say who should be there.', {
        hint: 'Its manifest names users under provides where it does.',
      });
    if (!dryRun && !consent?.scopes.includes('users.write'))
      throw conflict('wrong_state', 'Nobody agreed that this plugin brings or changes people (users.write).', {
        hint: 'Agree to that scope, or ask only what would be.',
      });
  }

  private async sync(plan: SyncPlan, tell: TellSync, signal: AbortSignal): Promise<PluginSyncReport> {
    const plugin = this.packages.find(plan.pluginId);
    if (!plugin) throw notFound('plugin', plan.pluginId);
    this.assertAble(plugin, plan.dryRun);
    const caller = toCaller(plugin);
    const most = plan.limit === 0 ? MOST : plan.limit;
    const report = newReport(plan);
    const request = {
      dryRun: plan.dryRun,
      limit: plan.limit,
      cursor: plan.cursor,
      options: plan.options as JsonObject,
    };
    await this.processes.call(plan.pluginId, async (client, withinMs) => {
      let read = 0;
      for await (const page of client.syncUsers(request, withinMs, signal)) {
        for (const user of page.users) {
          if (read === most) return;
          read += 1;
          add(report, await this.one(caller, user, plan.dryRun));
        }
        report.cursor = page.cursor.slice(0, 500);
        report.message = page.message.slice(0, 500);
        tell(read, page.total);
        signal.throwIfAborted();
      }
    });
    return report;
  }

  /** One that cannot be is told, and the others go on. */
  private async one(caller: HostCaller, user: Readonly<Record<string, unknown>>, dryRun: boolean): Promise<Row> {
    const parsed = Wanted.safeParse(user);
    const named = { username: textOf(user['username']), tenant: textOf(user['tenant']) };
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return { ...named, outcome: 'refused', reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` };
    }
    try {
      const { outcome } = await this.people.sync(caller, parsed.data, { dryRun });
      return { ...named, outcome, reason: '' };
    } catch (error) {
      if (!isAppError(error) || error.status >= 500) throw error;
      return { ...named, outcome: 'refused', reason: error.message };
    }
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 64) : '');

const newReport = ({ dryRun }: SyncPlan): PluginSyncReport => ({
  dryRun,
  created: 0,
  updated: 0,
  unchanged: 0,
  refused: 0,
  cursor: '',
  message: '',
  rows: [],
});

/** What stayed as it was is counted, not told. */
function add(report: PluginSyncReport, row: Row): void {
  report[row.outcome] += 1;
  if (row.outcome !== 'unchanged' && report.rows.length < TOLD) report.rows.push(row);
}
