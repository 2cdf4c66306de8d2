import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from '@grpc/grpc-js';
import type { PluginManifest } from '@bailiwick/contract';
import type { JsonObject } from '../json.js';
import { PlayedHost } from './played-host.js';
import { PluginProcess } from './plugin-process.js';

const START_MS = 5000;
/** Brought along by those who build in the folder, and no part of the plugin. */
const NOT_THE_PLUGIN = new Set(['node_modules', '__pycache__']);

/** A plugin at work: its process and the core that is played to it. It runs in a copy, which it may not write to. */
export class PlayedCore {
  readonly token = randomBytes(24).toString('base64url');
  readonly host: PlayedHost;
  /** All it ever wrote out. */
  output = '';
  process: PluginProcess | undefined;
  private readonly work = mkdtempSync(path.join(tmpdir(), 'bailiwick-plugin-'));
  private readonly folder: string;
  private readonly clients: Client[] = [];
  private readonly before: string;
  private starts = 0;

  constructor(
    folder: string,
    readonly name: string,
    readonly manifest: PluginManifest,
    readonly settings: JsonObject,
  ) {
    this.folder = path.join(this.work, path.basename(path.resolve(folder)));
    cpSync(folder, this.folder, {
      recursive: true,
      filter: (source) => source === folder || !NOT_THE_PLUGIN.has(path.basename(source)),
    });
    this.before = this.contents();
    this.host = new PlayedHost(`unix:${this.work}/host.sock`, this.token);
  }

  get timeoutMs(): number {
    return this.manifest.timeout_seconds * 1000;
  }

  /** Its address, or what came instead of a start. */
  async start(): Promise<{ address: string } | { failed: string }> {
    const socket = path.join(this.work, `plugin-${(this.starts += 1)}.sock`);
    const { command } = this.manifest;
    if (!command) return { failed: 'the manifest names no command' };
    this.process = new PluginProcess({
      folder: this.folder,
      command,
      name: this.name,
      socket,
      hostSocket: this.manifest.api_version === 'v1' ? '' : this.host.address.replace('unix:', ''),
      token: this.token,
    });
    const failed = await this.process.listens(START_MS);
    return failed === undefined ? { address: `unix:${socket}` } : { failed };
  }

  /** Ends it as the core does; how it ended, or nothing where it had to be killed. */
  async end(ms = START_MS): Promise<number | string | undefined> {
    const ended = await this.process?.end('SIGTERM', ms);
    this.output += this.process?.output ?? '';
    this.process = undefined;
    return ended;
  }

  keep<Made extends Client>(client: Made): Made {
    this.clients.push(client);
    return client;
  }

  /** Whether it changed a file of its own folder, which is read-only where it really runs. */
  wroteIntoItsFolder(): boolean {
    return this.contents() !== this.before;
  }

  async close(): Promise<void> {
    await this.end();
    for (const client of this.clients) client.close();
    this.host.stop();
    rmSync(this.work, { recursive: true, force: true });
  }

  private contents(place = ''): string {
    const names = readdirSync(path.join(this.folder, place)).filter((name) => !NOT_THE_PLUGIN.has(name));
    return names
      .sort()
      .map((name) => {
        const own = path.join(place, name);
        const file = path.join(this.folder, own);
        return statSync(file).isDirectory()
          ? `${own}/\n${this.contents(own)}`
          : `${own} ${readFileSync(file, 'base64')}`;
      })
      .join('\n');
  }
}
