import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin, PluginHealth, PluginList, PluginLog } from '@bailiwick/contract';
import type { TestApp } from '../app.js';
import { Asking } from '../granting.js';
import type { SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

const PROGRAM = path.join(import.meta.dirname, 'probe.py');

export interface Probe {
  readonly name: string;
  readonly behaviour?: object;
  readonly manifest?: object;
  /** A file of it that is a link to there. */
  readonly link?: string;
}

/** Puts a probe's folder where plugins are found. */
export function putProbe(core: TestApp, { name, behaviour = {}, manifest = {}, link }: Probe): string {
  const folder = path.join(core.config.storageDir, 'plugins', 'installed', name);
  mkdirSync(folder, { recursive: true });
  cpSync(PROGRAM, path.join(folder, 'plugin.py'));
  writeFileSync(path.join(folder, 'behaviour.json'), JSON.stringify(behaviour));
  const said = { api_version: 'v2', command: ['python3', 'plugin.py'], timeout_seconds: 0.5, ...manifest };
  writeFileSync(path.join(folder, 'plugin.json'), JSON.stringify(said));
  if (link !== undefined) symlinkSync(link, path.join(folder, 'linked'));
  return folder;
}

/** A person who looks after plugins. */
export class Keeper {
  private readonly asking: Asking;

  constructor(core: TestApp, person: SignedInPerson) {
    this.asking = new Asking(core, person);
  }

  async rescan(): Promise<Plugin[]> {
    return ((await this.asking.post('plugins/rescan', {})).body as PluginList).items;
  }

  /** Found, and agreed to: it was started. */
  async take(name: string, consent: object = { scopes: [] }): Promise<Plugin> {
    const found = (await this.rescan()).find((plugin) => plugin.name === name);
    if (!found) throw new Error(`${name} was not found.`);
    const { status, body } = await this.asking.put(`plugins/${found.id}/consent`, consent);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return (body as { item: Plugin }).item;
  }

  async look(id: string): Promise<Plugin> {
    return ((await this.asking.get(`plugins/${id}`)).body as { item: Plugin }).item;
  }

  async health(id: string): Promise<PluginHealth> {
    return (await this.asking.get(`plugins/${id}/health`)).body as PluginHealth;
  }

  async act(id: string, action: 'start' | 'stop' | 'restart'): Promise<Plugin> {
    const { status, body } = await this.asking.post(`plugins/${id}/${action}`, {});
    if (status !== 200) throw new Error(JSON.stringify(body));
    return (body as { item: Plugin }).item;
  }

  async lines(id: string): Promise<string[]> {
    return ((await this.asking.get(`plugins/${id}/log?limit=2000`)).body as PluginLog).lines.map(({ text }) => text);
  }

  async untilStatus(id: string, ...wanted: Plugin['status'][]): Promise<Plugin> {
    let last: Plugin | undefined;
    await until(async () => wanted.includes((last = await this.look(id)).status), { within: 20_000, what: wanted.join(' or ') }); // prettier-ignore
    if (!last) throw new Error('nothing was seen');
    return last;
  }
}
