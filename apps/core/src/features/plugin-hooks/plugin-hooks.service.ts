import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { ReviewCheck, TenantId } from '@bailiwick/contract';
import * as z from 'zod';
import type { Actor } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { conflict } from '../../kernel/errors.js';
import { type CoreEvents, Events } from '../../kernel/events.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { type InstalledPlugin, PluginPackages } from '../plugin-packages/plugin-packages.service.js';
import { PluginProcesses } from '../plugin-processes/plugin-processes.service.js';

/** What somebody would deploy. */
export interface WishedDeploy {
  readonly name: string;
  readonly image: string;
  readonly preset: string | null;
  readonly environment: string;
  readonly labels: Readonly<Record<string, string>>;
}
export interface PluginRefusal {
  readonly plugin: string;
  readonly reason: string;
  /** Of the form; empty for the whole. */
  readonly field: string;
}
type Moment = 'validate' | 'before' | 'after';

const Deployed = z.object({
  name: z.string(),
  preset: z.object({ name: z.string() }).nullable(),
  config: z.object({ image: z.string() }),
});

/** Asks plugins before something is done, and tells them after; who is late or away passes or refuses as its manifest says. */
@Injectable()
export class PluginHooks implements OnModuleInit, OnModuleDestroy {
  private readonly log: Log;
  private stop: () => void = () => undefined;

  constructor(
    private readonly packages: PluginPackages,
    private readonly processes: PluginProcesses,
    private readonly environments: EnvironmentsService,
    private readonly tenants: TenantsService,
    private readonly events: Events,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('plugins');
  }

  onModuleInit(): void {
    this.stop = this.events.on('operation.ended', ({ row }) => {
      if (row.name === 'containers.deploy') void this.tellDeployed(row).catch((error: unknown) => this.log.error({ err: error }, 'Plugins could not be told of a deploy')); // prettier-ignore
    });
  }

  onModuleDestroy(): void {
    this.stop();
  }

  /** A check for a review; none where no plugin is asked. */
  async checkDeploy(actor: Actor, wish: WishedDeploy): Promise<ReviewCheck[]> {
    const asked = this.hooked(actor.tenantId, 'validate');
    if (asked.length === 0) return [];
    const refusals = await this.askAll(asked, 'validate', actor, wish);
    if (refusals.length === 0) return [{ check: 'plugins', outcome: 'ok', code: 'plugins_agree', params: {} }];
    return refusals.map(({ plugin, reason, field }) => ({
      check: 'plugins',
      outcome: 'blocked',
      code: 'plugin_refused',
      params: {
        plugin,
        reason,
        issues: field === '' ? [] : [{ path: field, code: 'plugin_refused', message: reason }],
      },
    }));
  }

  /** 409 with the first plugin that does not agree. */
  async assertDeploy(actor: Actor, wish: WishedDeploy): Promise<void> {
    for (const moment of ['validate', 'before'] as const) {
      const [refusal] = await this.askAll(this.hooked(actor.tenantId, moment), moment, actor, wish);
      if (!refusal) continue;
      const { plugin, reason, field } = refusal;
      const issues = field === '' ? [] : [{ path: field, code: 'plugin_refused', message: reason }];
      throw conflict('plugin_refused', `The plugin ${plugin} does not agree: ${reason}`, { params: { plugin, reason, issues } }); // prettier-ignore
    }
  }

  /** Those that are asked at this moment about something of this tenant. One that a person stopped is not. */
  private hooked(tenantId: TenantId, moment: Moment): InstalledPlugin[] {
    return this.packages.all().filter(({ manifest, consent, isEnabled, disabledBecause }) => {
      const isMeant = consent !== null && (consent.tenants === null || consent.tenants.includes(tenantId));
      return isMeant && (isEnabled || disabledBecause !== null) && manifest?.hooks.deploy?.[moment] !== undefined;
    });
  }

  private async askAll(
    plugins: readonly InstalledPlugin[],
    moment: 'validate' | 'before',
    { tenantId, displayName }: Actor,
    wish: WishedDeploy,
  ): Promise<PluginRefusal[]> {
    if (plugins.length === 0) return [];
    const { slug: tenant } = await this.tenants.get(tenantId);
    const { name: containerName, image, preset, environment, labels } = wish;
    const facts = { tenant, containerName, image, preset: preset ?? '', environment, askedBy: displayName, labels, outcome: '', operationId: '' }; // prettier-ignore
    const answers = await Promise.all(
      plugins.map(async ({ id, name, manifest }): Promise<PluginRefusal | undefined> => {
        const { deadline_ms = 1000, on_failure = 'open' } = manifest?.hooks.deploy?.[moment] ?? {};
        try {
          const answer = await this.processes.callNow(id, (client) => client.hookDeploy(moment, facts, deadline_ms));
          return answer.isRefused ? { plugin: name, reason: answer.reason || 'It gives no reason.', field: answer.field } : undefined; // prettier-ignore
        } catch (error) {
          this.log.warn({ err: error, plugin: name }, 'A plugin did not answer about a deploy');
          if (on_failure === 'open') return undefined;
          return { plugin: name, reason: 'It has to agree and does not answer now.', field: '' };
        }
      }),
    );
    return answers.flatMap((refusal) => refusal ?? []);
  }

  private async tellDeployed(row: CoreEvents['operation.ended']['row']): Promise<void> {
    const plan = Deployed.safeParse(row.input);
    if (!plan.success) return;
    const plugins = this.hooked(row.tenantId, 'after');
    if (plugins.length === 0) return;
    const { slug: tenant } = await this.tenants.get(row.tenantId);
    const environment = row.environmentId === null ? '' : (this.environments.find(row.environmentId)?.name ?? '');
    const { name: containerName, preset, config } = plan.data;
    const facts = { tenant, containerName, image: config.image, preset: preset?.name ?? '', environment, askedBy: row.actorName, labels: {}, outcome: row.state, operationId: row.id }; // prettier-ignore
    await Promise.allSettled(
      plugins.map((plugin) => this.processes.call(plugin.id, (client, withinMs) => client.hookDeploy('after', facts, withinMs))), // prettier-ignore
    );
  }
}
