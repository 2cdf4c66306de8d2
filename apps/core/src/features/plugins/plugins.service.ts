import { Injectable } from '@nestjs/common';
import type {
  GivePluginConsent,
  Plugin,
  PluginHealth,
  PluginId,
  PluginList,
  PluginLog,
  PluginManifest,
  ReadPluginLog,
  SetPluginSettings,
} from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { type AuditEntry, AuditService } from '../../foundation/audit/audit.service.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';
import { conflict, invalid, notFound } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { versionOf } from '../access/grants.rules.js';
import { type InstalledPlugin, PluginPackages } from '../plugin-packages/plugin-packages.service.js';
import { PluginProcesses } from '../plugin-processes/plugin-processes.service.js';
import {
  changedSettings,
  checkSettings,
  readSettingsSchema,
  type SettingsSchema,
  shownSettings,
  wantedSettings,
} from './plugin-settings.rules.js';
import { statusOf, wantsMore } from './plugins.rules.js';

/** The plugins of this installation, for staff. */
@Injectable()
export class PluginsService {
  private readonly schemas = new WeakMap<object, SettingsSchema>();

  constructor(
    private readonly access: AccessService,
    private readonly packages: PluginPackages,
    private readonly processes: PluginProcesses,
    private readonly tenants: TenantsService,
    private readonly stepUp: StepUpService,
    private readonly audit: AuditService,
    private readonly events: Events,
  ) {}

  list(actor: Actor): PluginList {
    this.access.require(actor, 'plugins.see', null);
    const items = this.packages.all().map((plugin) => this.show(actor, plugin));
    return { items, version: versionOf(items) };
  }

  get(actor: Actor, id: PluginId): Plugin {
    return this.show(actor, this.find(actor, id));
  }

  /** Undefined for who may not see it, and where its folder is gone. */
  findShown(actor: Actor, id: PluginId): Plugin | undefined {
    const plugin = this.packages.find(id);
    return plugin && this.access.allows(actor, 'plugins.see', null) ? this.show(actor, plugin) : undefined;
  }

  /** Looks at the folder anew. What did not change keeps its process. */
  async rescan(actor: Actor): Promise<PluginList> {
    this.access.require(actor, 'plugins.manage', null);
    const { added, changed, gone } = await this.packages.rescan();
    const details = { added: added.length, changed: changed.length, gone: gone.length };
    await this.audit.record(null, { actor, action: 'plugins.rescan', target: null, outcome: 'done', details });
    await this.processes.settle();
    for (const id of [...added, ...changed, ...gone]) this.events.publish('plugin.changed', { pluginId: id });
    return this.list(actor);
  }

  /** It gets what was agreed to and no more, with its process anew. */
  async consent(actor: Actor, id: PluginId, wanted: GivePluginConsent): Promise<Plugin> {
    const plugin = this.manage(actor, id);
    const { manifest } = this.working(plugin);
    const beyond = wanted.scopes.findIndex((scope) => !manifest.scopes.includes(scope));
    if (beyond !== -1)
      throw invalid([{ path: `scopes.${beyond}`, code: 'invalid_value', message: 'is not asked for by the plugin' }]);
    const consent = { ...wanted, network: wanted.network && manifest.network };
    for (const [at, tenant] of (consent.tenants ?? []).entries())
      if (!(await this.tenants.find(tenant)))
        throw invalid([{ path: `tenants.${at}`, code: 'invalid_value', message: 'is no tenant' }]);
    await this.packages.change(id, { consent, isEnabled: true, disabledBecause: null }, (rows) =>
      this.audit.record(rows, entry(actor, 'plugins.consent', plugin, consent)),
    );
    await this.startAnew(id);
    return this.get(actor, id);
  }

  /** It is started anew with them, where it runs. */
  async set(actor: Actor, id: PluginId, { values }: SetPluginSettings): Promise<Plugin> {
    const plugin = this.manage(actor, id);
    const read = this.schemaOf(this.working(plugin).manifest);
    if (!read)
      throw conflict('wrong_state', 'There is nothing to set for this plugin.', {
        params: { reason: 'plugin_unset' },
      });
    if ('error' in read)
      throw conflict('wrong_state', `Its settings cannot be read: ${read.error}`, {
        params: { reason: 'plugin_unset' },
      });
    const checked = checkSettings(read.schema, wantedSettings(values, plugin.settings, read.secrets));
    if ('issues' in checked) throw invalid(checked.issues);
    const { settings } = checked;
    const changed = changedSettings(plugin.settings, settings);
    await this.packages.change(id, { settings }, (rows) =>
      this.audit.record(rows, entry(actor, 'plugins.settings', plugin, { changed })),
    );
    if (plugin.isEnabled && plugin.consent !== null) await this.startAnew(id);
    else this.events.publish('plugin.changed', { pluginId: id });
    return this.get(actor, id);
  }

  /** Enables it where it was disabled, and starts it with all its chances anew. */
  async start(actor: Actor, id: PluginId): Promise<Plugin> {
    const plugin = this.manage(actor, id);
    this.approved(plugin);
    await this.setEnabled(actor, plugin, true, 'plugins.start');
    await this.startAnew(id);
    return this.get(actor, id);
  }

  /** It stays stopped, over a restart of the core as well. */
  async stop(actor: Actor, id: PluginId): Promise<Plugin> {
    const plugin = this.manage(actor, id);
    await this.setEnabled(actor, plugin, false, 'plugins.stop');
    await this.processes.stop(id);
    return this.get(actor, id);
  }

  async restart(actor: Actor, id: PluginId): Promise<Plugin> {
    const plugin = this.manage(actor, id);
    this.approved(plugin);
    await this.setEnabled(actor, plugin, true, 'plugins.restart');
    await this.startAnew(id);
    return this.get(actor, id);
  }

  /** Asks it now, which counts as every other look at how it is. */
  health(actor: Actor, id: PluginId): Promise<PluginHealth> {
    return this.processes.check(this.find(actor, id).id);
  }

  log(actor: Actor, id: PluginId, { limit }: ReadPluginLog): PluginLog {
    return this.processes.logOf(this.find(actor, id), limit);
  }

  private async setEnabled(actor: Actor, plugin: InstalledPlugin, isEnabled: boolean, action: string): Promise<void> {
    await this.packages.change(plugin.id, { isEnabled, disabledBecause: null }, (rows) =>
      this.audit.record(rows, entry(actor, action, plugin, {})),
    );
  }

  private async startAnew(id: PluginId): Promise<void> {
    const plugin = this.packages.find(id);
    if (plugin) await this.processes.start(plugin);
  }

  private find(actor: Actor, id: PluginId): InstalledPlugin {
    this.access.require(actor, 'plugins.see', null);
    const plugin = this.packages.find(id);
    if (!plugin) throw notFound('plugin', id);
    return plugin;
  }

  private manage(actor: Actor, id: PluginId): InstalledPlugin {
    const plugin = this.find(actor, id);
    this.access.require(actor, 'plugins.manage', null);
    this.stepUp.assertProved(actor);
    return plugin;
  }

  private approved(plugin: InstalledPlugin): void {
    this.working(plugin);
    if (plugin.consent === null)
      throw conflict('wrong_state', 'Nobody has agreed to what this plugin asks for.', {
        hint: 'Agree to it first.',
        params: { reason: 'plugin_unapproved' },
      });
  }

  private working(plugin: InstalledPlugin) {
    const { manifest, error } = plugin;
    if (!manifest)
      throw conflict('wrong_state', `The plugin cannot be read: ${error ?? ''}`, {
        hint: 'Mend it, and rescan.',
        params: { reason: 'plugin_broken' },
      });
    return { ...plugin, manifest };
  }

  /** Undefined where there is nothing to set. Read once for each look at the folder. */
  private schemaOf(manifest: PluginManifest | null): SettingsSchema | undefined {
    const json = manifest?.settings;
    if (!json) return undefined;
    const known = this.schemas.get(json) ?? readSettingsSchema(json);
    this.schemas.set(json, known);
    return known;
  }

  private show(actor: Actor, plugin: InstalledPlugin): Plugin {
    const { id, name, manifest, source, warnings, isEnabled, disabledBecause, consent, updatedAt } = plugin;
    const state = this.processes.stateOf(id);
    const schema = this.schemaOf(manifest);
    const unread = schema && 'error' in schema ? [`Its settings cannot be set: ${schema.error}`] : [];
    return {
      id,
      name,
      manifest,
      source,
      status: statusOf(plugin, state?.status),
      message: state?.message ?? '',
      warnings: [...warnings, ...unread],
      error: plugin.error ?? this.processes.refusal(plugin) ?? state?.error ?? disabledBecause,
      isEnabled,
      consent,
      wantsMore: wantsMore(manifest, consent),
      settings: schema && 'secrets' in schema ? { ...shownSettings(plugin.settings, schema.secrets) } : null,
      initializedAt: toIsoOrNull(state?.initializedAtMs ?? null),
      updatedAt: toIso(Math.max(updatedAt, state?.changedAtMs ?? 0)),
      consecutiveTimeouts: state?.consecutiveTimeouts ?? 0,
      consecutiveHealthFailures: state?.consecutiveHealthFailures ?? 0,
      consecutiveCrashes: state?.consecutiveCrashes ?? 0,
      restartCount: state?.restartCount ?? 0,
      runtime: state?.runtime ?? null,
      can: this.access.allows(actor, 'plugins.manage', null) ? ['plugins.see', 'plugins.manage'] : ['plugins.see'],
      why: {},
    };
  }
}

function entry(actor: Actor, action: string, { id, name }: InstalledPlugin, details: object): AuditEntry {
  return { actor, action, target: { kind: 'plugin', id, label: name }, outcome: 'done', details: { ...details } };
}
