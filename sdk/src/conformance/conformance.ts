import type { PluginManifest } from '@bailiwick/contract';
import type { JsonObject } from '../json.js';
import { type Check, Checks, unmet } from './checks.js';
import { readManifest } from './manifest.js';
import { PlayedCore } from './played-core.js';
import { fitting, misfit } from './schema.js';
import { checkV1 } from './v1.js';
import { checkV2 } from './v2.js';

export interface Conformance {
  name: string;
  apiVersion?: 'v1' | 'v2';
  checks: Check[];
  passed: number;
  failed: number;
}

/** Plays the core against the plugin of a folder, and says what is not as it is to be. */
export async function checkPlugin(
  folder: string,
  { settings, tell }: { settings?: JsonObject | undefined; tell?: (check: Check) => void } = {},
): Promise<Conformance> {
  const checks = new Checks(tell);
  const { name, manifest, mistakes } = readManifest(folder);
  const isRight = await checks.check('plugin.json is right', 'no mistake', () => {
    if (mistakes.length > 0) unmet(mistakes.join('\n    '));
  });
  if (manifest && isRight) {
    if (manifest.command) {
      const core = new PlayedCore(folder, name, manifest, await settingsFor(manifest, settings, checks));
      try {
        await (manifest.api_version === 'v1' ? checkV1(core, checks) : checkV2(core, checks));
      } finally {
        await core.close();
      }
    } else
      await checks.check('it can be started', 'a command', () =>
        unmet('none; one that somebody else starts is checked with a command of its own'),
      );
  }
  const failed = checks.done.filter(({ isPassed }) => !isPassed).length;
  const passed = checks.done.length - failed;
  return { name, ...(manifest ? { apiVersion: manifest.api_version } : {}), checks: checks.done, passed, failed };
}

/** What it is set with: what was given, else what its schema names. */
async function settingsFor(
  { settings: schema }: PluginManifest,
  given: JsonObject | undefined,
  checks: Checks,
): Promise<JsonObject> {
  let settings = given ?? {};
  if (!schema) return settings;
  await checks.check('there are settings that fit its schema', 'settings', () => {
    settings = given ?? fitting(schema as JsonObject);
    const trouble = misfit(schema as JsonObject, settings);
    if (trouble) unmet(trouble);
  });
  return settings;
}
