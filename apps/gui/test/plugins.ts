import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Panel } from './panel.ts';

/** The core's own plugin for tests: does what `behaviour.json` beside it says. */
const PROGRAM = path.resolve(import.meta.dirname, '../../core/test/plugins/probe.py');

export interface Probe {
  behaviour?: object;
  manifest?: object;
}

/** Puts the folder of a plugin where the core looks for them. */
export function putPlugin({ storage }: Panel, name: string, { behaviour = {}, manifest = {} }: Probe): string {
  const folder = path.join(storage, 'plugins', 'installed', name);
  mkdirSync(folder, { recursive: true });
  cpSync(PROGRAM, path.join(folder, 'plugin.py'));
  writeFileSync(path.join(folder, 'behaviour.json'), JSON.stringify(behaviour));
  const said = { api_version: 'v2', command: ['python3', 'plugin.py'], timeout_seconds: 2, ...manifest };
  writeFileSync(path.join(folder, 'plugin.json'), JSON.stringify(said));
  return folder;
}
