import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { PluginHealth, PluginId, PluginLog, PluginRuntime } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { conflict, unreachable } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { CONFIG } from '../../kernel/tokens.js';
import { type InstalledPlugin, PluginPackages } from '../plugin-packages/plugin-packages.service.js';
import { type PluginClient, PluginFault, PluginTimeout, type SaidAction } from './plugin-client.js';
import { PluginLogFile } from './plugin-log.js';
import { PluginLauncher } from './plugin-launcher.service.js';
import type { PluginStanding } from './plugin-standing.rules.js';
import { SupervisedPlugin } from './supervised-plugin.js';

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** A plugin came, went, or stands otherwise than before. */
    'plugin.changed': { pluginId: PluginId };
  }
}

/** How the process of a plugin stands now. */
export interface PluginState extends PluginStanding {
  readonly message: string;
  readonly error: string | null;
  readonly initializedAtMs: number | null;
  readonly changedAtMs: number;
  readonly runtime: PluginRuntime | null;
}

const READY_WITHIN_MS = 10_000;

interface Kept {
  readonly supervised: SupervisedPlugin;
  readonly log: PluginLogFile;
  readonly callWithinMs: number;
  /** Of its folder when it was started. */
  readonly digest: string;
}

/** Keeps every plugin running that is enabled and agreed to. */
@Injectable()
export class PluginProcesses implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly kept = new Map<PluginId, Kept>();
  private readonly logs = new Map<PluginId, PluginLogFile>();
  private readonly log: Log;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly packages: PluginPackages,
    private readonly launcher: PluginLauncher,
    private readonly audit: AuditService,
    private readonly events: Events,
    private readonly clock: Clock,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('plugins');
  }

  onApplicationBootstrap(): void {
    void this.settle();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.kept.values()].map(({ supervised }) => supervised.stop()));
  }

  /** What should run runs, what should not does not; what did not change keeps its process. */
  async settle(): Promise<void> {
    const installed = new Map(this.packages.all().map((plugin) => [plugin.id, plugin]));
    const work = [...this.kept].flatMap(([id, { digest }]) => {
      const plugin = installed.get(id);
      return plugin && this.mayRun(plugin) && plugin.digest === digest ? [] : [this.end(id)];
    });
    await Promise.all(work);
    const missing = [...installed.values()].filter((plugin) => this.mayRun(plugin) && !this.kept.has(plugin.id));
    await Promise.all(missing.map((plugin) => this.begin(plugin)));
  }

  /** With all its chances anew. Resolves when it is ready, or when it turned out that it is not. */
  async start(plugin: InstalledPlugin): Promise<void> {
    await this.end(plugin.id);
    await this.begin(plugin);
  }

  async stop(id: PluginId): Promise<void> {
    await this.end(id);
  }

  /** What keeps it from running on this machine, in words. */
  refusal(plugin: InstalledPlugin): string | undefined {
    return this.launcher.refusal(plugin);
  }

  stateOf(id: PluginId): PluginState | undefined {
    const kept = this.kept.get(id);
    if (!kept) return undefined;
    const { standing, message, error, initializedAtMs, changedAtMs } = kept.supervised;
    return { ...standing, message, error, initializedAtMs, changedAtMs, runtime: this.runtimeOf(kept) };
  }

  /** Asks it now. */
  check(id: PluginId): Promise<PluginHealth> {
    const kept = this.kept.get(id);
    if (!kept) throw conflict('wrong_state', 'The plugin does not run.', { hint: 'Start it first.' });
    return kept.supervised.check();
  }

  /** What it said it can do; nothing where it does not run. */
  actionsOf(id: PluginId): readonly SaidAction[] {
    return this.kept.get(id)?.supervised.actions ?? [];
  }

  /** One call to it as it is now; throws where it does not run. */
  callNow<Answer>(id: PluginId, work: (client: PluginClient) => Promise<Answer>): Promise<Answer> {
    const kept = this.kept.get(id);
    if (!kept) throw conflict('wrong_state', 'The plugin does not run.', { hint: 'Start it first.' });
    return kept.supervised.call(work);
  }

  /** One call to it, once it is ready; one that has just begun is waited for. */
  async call<Answer>(id: PluginId, work: (client: PluginClient, withinMs: number) => Promise<Answer>): Promise<Answer> {
    const deadline = performance.now() + READY_WITHIN_MS;
    while (this.stateOf(id)?.status === 'starting' && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const kept = this.kept.get(id);
    if (!kept) throw conflict('wrong_state', 'The plugin does not run.', { hint: 'Start it first.' });
    try {
      return await kept.supervised.call((client) => work(client, kept.callWithinMs));
    } catch (error) {
      if (error instanceof PluginTimeout || error instanceof PluginFault)
        throw unreachable('plugin_failed', `The plugin failed. ${error.message}`);
      throw error;
    }
  }

  logOf(plugin: InstalledPlugin, limit: number): PluginLog {
    return this.logFor(plugin).tail(limit);
  }

  private mayRun(plugin: InstalledPlugin): boolean {
    return plugin.isEnabled && plugin.consent !== null && plugin.manifest !== null;
  }

  private async begin(plugin: InstalledPlugin): Promise<void> {
    const log = this.logFor(plugin);
    const { timeout_seconds = 10 } = plugin.manifest ?? {};
    const callWithinMs = timeout_seconds * 1000;
    const supervised = new SupervisedPlugin({
      log,
      now: () => this.clock.now(),
      healthEveryMs: this.config.BAILIWICK_PLUGIN_HEALTH_S * 1000,
      callWithinMs,
      launch: () => this.launcher.launch(plugin, log),
      changed: () => this.events.publish('plugin.changed', { pluginId: plugin.id }),
      gaveUp: () => void this.disable(plugin),
      unforeseen: (error) => this.log.error({ err: error, plugin: plugin.name }, 'A plugin could not be looked after'),
    });
    this.kept.set(plugin.id, { supervised, log, callWithinMs, digest: plugin.digest });
    await supervised.start();
  }

  private async end(id: PluginId): Promise<void> {
    const kept = this.kept.get(id);
    if (!kept) return;
    await kept.supervised.stop();
    if (this.kept.get(id) === kept) this.kept.delete(id);
    this.events.publish('plugin.changed', { pluginId: id });
  }

  /** It stays so when the core comes back. */
  private async disable({ id, name }: InstalledPlugin): Promise<void> {
    const state = this.stateOf(id);
    const because = state?.error ?? state?.message ?? '';
    const actor = { kind: 'system' as const, name: 'core', via: 'plugin' as const };
    const target = { kind: 'plugin', id, label: name };
    await this.packages
      .change(id, { isEnabled: false, disabledBecause: because }, (rows) =>
        this.audit.record(rows, { actor, action: 'plugins.disable', target, outcome: 'done', details: { because } }),
      )
      .catch((error: unknown) =>
        this.log.error({ err: error, plugin: name }, 'A plugin could not be disabled for good'),
      );
    this.events.publish('plugin.changed', { pluginId: id });
  }

  private runtimeOf({ supervised, log }: Kept): PluginRuntime | null {
    const { process } = supervised;
    if (!process) return null;
    const { startedAtMs, socketPath, cgroupPath, isSandboxed } = process;
    return { pid: process.pid(), startedAt: toIso(startedAtMs), socketPath, cgroupPath, logPath: log.path, isSandboxed, ...process.use() }; // prettier-ignore
  }

  private logFor({ id, name }: InstalledPlugin): PluginLogFile {
    const known = this.logs.get(id);
    if (known) return known;
    const folder = path.join(this.config.storageDir, 'plugins', 'logs');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const made = new PluginLogFile(path.join(folder, `${name}.log`), () => this.clock.now());
    this.logs.set(id, made);
    return made;
  }
}
