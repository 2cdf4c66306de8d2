import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import manifest from '../../../package.json' with { type: 'json' };
import type { Config } from '../../config.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { Clock } from '../../kernel/clock.js';
import { CONFIG } from '../../kernel/tokens.js';
import { toCaller } from '../plugin-host/host-methods.rules.js';
import { PluginHost } from '../plugin-host/plugin-host.service.js';
import type { InstalledPlugin } from '../plugin-packages/plugin-packages.service.js';
import { type LaunchRefusal, whyNotLaunched } from './launch.rules.js';
import { PluginCgroup } from './plugin-cgroup.driver.js';
import { type PluginBeginning, type PluginClient, PluginFault } from './plugin-client.js';
import type { PluginLogFile } from './plugin-log.js';
import { PluginProcess } from './plugin-process.driver.js';
import { INSIDE } from './sandbox.rules.js';
import type { LaunchedProcess, RunningPlugin } from './supervised-plugin.js';
import { V1Client } from './v1-client.driver.js';
import { V2Client } from './v2-client.driver.js';

/** Turns an installed plugin into a running one: its socket, its token, its sandbox, its connection. */
@Injectable()
export class PluginLauncher implements OnApplicationShutdown {
  private root: string | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly host: PluginHost,
    private readonly tenants: TenantsService,
    private readonly clock: Clock,
  ) {}

  onApplicationShutdown(): void {
    if (this.root !== undefined) rmSync(this.root, { recursive: true, force: true });
  }

  /** What keeps it from ever running here; undefined: nothing. */
  refusal({ manifest: wanted, source }: InstalledPlugin): LaunchRefusal | undefined {
    if (!wanted || !source) return undefined;
    return whyNotLaunched(wanted, source, {
      isProduction: this.config.BAILIWICK_ENV === 'production',
      bwrap: this.bwrap(),
      hasCgroups: PluginCgroup.canBeMade(),
    });
  }

  async launch(plugin: InstalledPlugin, log: PluginLogFile): Promise<RunningPlugin> {
    const refusal = this.refusal(plugin);
    if (refusal) throw new PluginFault(refusal);
    return plugin.source === 'external' ? this.connect(plugin, log) : this.start(plugin, log);
  }

  private async start(plugin: InstalledPlugin, log: PluginLogFile): Promise<RunningPlugin> {
    const { manifest: wanted, consent } = plugin;
    if (!wanted?.command) throw new PluginFault('Its manifest names no command.');
    const token = randomBytes(32).toString('base64url');
    // Whoever is not shut in is the core's own user.
    const uid = process.getuid?.() === 0 && this.bwrap() !== undefined ? plugin.uid : null;
    const sockets = this.socketFolder(plugin.id, uid);
    const socketPath = path.join(sockets, 'plugin.sock');
    const leave = await this.invite(plugin, token, log, path.join(sockets, 'host.sock'));
    const started = await PluginProcess.start(
      {
        id: plugin.id,
        name: plugin.name,
        folder: plugin.folder,
        command: wanted.command,
        socketFolder: sockets,
        hasHost: wanted.api_version === 'v2',
        token,
        uid,
        memoryBytes: wanted.memory_mb * 1024 * 1024,
        cpuSeconds: wanted.cpu_seconds,
        hasNetwork: wanted.network && consent?.network === true,
        bwrap: this.bwrap(),
      },
      log,
    ).catch((error: unknown) => {
      leave();
      throw error;
    });
    const process_: LaunchedProcess = {
      pid: () => started.pid,
      startedAtMs: this.clock.now(),
      socketPath,
      cgroupPath: started.cgroup?.path ?? null,
      isSandboxed: started.isSandboxed,
      ended: started.ended,
      use: () => started.use(),
      stop: (graceMs) => started.stop(graceMs),
    };
    const client = this.clientOf(plugin, `unix:${socketPath}`, token);
    return {
      client,
      process: process_,
      begin: async (withinMs) => {
        await socketIn(sockets, uid, withinMs);
        // Inside, its folder of sockets is elsewhere.
        const place = started.isSandboxed ? INSIDE.sockets : sockets;
        await client.begin(await this.beginning(plugin, `unix:${place}/host.sock`), withinMs);
      },
      close: () => {
        client.close();
        leave();
        rmSync(sockets, { recursive: true, force: true });
      },
    };
  }

  private async connect(plugin: InstalledPlugin, log: PluginLogFile): Promise<RunningPlugin> {
    const { endpoint = '', token_env } = plugin.manifest ?? {};
    const token = token_env === undefined ? undefined : this.config.variable(token_env);
    if (token === undefined || token === '')
      throw new PluginFault(`${token_env ?? 'token_env'} is not set: it names the variable that holds the token.`);
    const leave = await this.invite(plugin, token, log, undefined);
    const client = this.clientOf(plugin, endpoint, token);
    return {
      client,
      process: undefined,
      begin: async (withinMs) => client.begin(await this.beginning(plugin, this.host.address), withinMs),
      close: () => {
        client.close();
        leave();
      },
    };
  }

  /** v1 asks nothing. */
  private async invite(
    plugin: InstalledPlugin,
    token: string,
    log: PluginLogFile,
    socket: string | undefined,
  ): Promise<() => void> {
    if (plugin.manifest?.api_version !== 'v2') return () => undefined;
    return this.host.invite(toCaller(plugin), token, (level, text) => log.add('plugin', `${level}: ${text}`), socket);
  }

  private clientOf({ manifest: wanted }: InstalledPlugin, address: string, token: string): PluginClient {
    const { rootDir } = this.config;
    return wanted?.api_version === 'v1' ? new V1Client(rootDir, address, token) : new V2Client(rootDir, address, token);
  }

  private async beginning(plugin: InstalledPlugin, hostAddress: string): Promise<PluginBeginning> {
    const { name, consent, settings } = plugin;
    const tenants = await Promise.all((consent?.tenants ?? []).map((id) => this.tenants.find(id)));
    return {
      name,
      scopes: consent?.scopes ?? [],
      settings,
      tenants: tenants.flatMap((tenant) => tenant?.slug ?? []),
      hostAddress,
      coreVersion: manifest.version,
    };
  }

  /** 0700 and its own: nobody else reaches its socket. */
  private socketFolder(id: string, uid: number | null): string {
    this.root ??= newRoot();
    const folder = path.join(this.root, id);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o700 });
    if (uid !== null) chownSync(folder, uid, uid);
    return folder;
  }

  private bwrap(): string | undefined {
    const { BAILIWICK_PLUGIN_SANDBOX: sandbox } = this.config;
    if (sandbox === 'off') return undefined;
    if (path.isAbsolute(sandbox)) return existsSync(sandbox) ? sandbox : undefined;
    return ['/usr/bin', '/usr/local/bin', '/bin'].map((folder) => path.join(folder, sandbox)).find((file) => existsSync(file)); // prettier-ignore
  }
}

function newRoot(): string {
  const root = mkdtempSync(path.join(tmpdir(), 'bailiwick-plugins-'));
  // Into its own folder each plugin's user may come, and see no other's name.
  chmodSync(root, 0o711);
  return root;
}

/** Until it listens. A link in its place would lead the core elsewhere: only a socket of its own user counts. */
async function socketIn(folder: string, uid: number | null, withinMs: number): Promise<void> {
  const file = path.join(folder, 'plugin.sock');
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (existsSync(file)) {
      const found = lstatSync(file);
      if (found.isSocket() && (uid === null || found.uid === uid)) return;
      throw new PluginFault('What stands in the place of its socket is none of its own.');
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new PluginFault(`It does not listen on its socket after ${withinMs / 1000} s.`);
}
