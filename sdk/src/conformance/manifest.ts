import { accessSync, constants, existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PluginManifest, PluginName, PluginScope } from '@bailiwick/contract';
import type { JsonObject } from '../json.js';
import { troubleWith } from './schema.js';

const FILE = 'plugin.json';

export interface ReadManifest {
  /** The manifest's, or the folder's. */
  name: string;
  /** Missing where it cannot be read at all. */
  manifest?: PluginManifest;
  /** Every one, in words. */
  mistakes: string[];
}

/** Reads plugin.json as the core does, and says all that is not right. */
export function readManifest(folder: string): ReadManifest {
  const name = path.basename(path.resolve(folder));
  const file = path.join(folder, FILE);
  if (!existsSync(file)) return { name, mistakes: [`There is no ${FILE} in ${folder}.`] };
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return { name, mistakes: [`${FILE} is not JSON: ${(error as Error).message}`] };
  }
  const parsed = PluginManifest.safeParse(written);
  if (!parsed.success)
    return { name, mistakes: parsed.error.issues.map((issue) => wordsOf(issue.path, issue.message)) };
  const manifest = parsed.data;
  const known = new Set(Object.keys(PluginManifest.shape));
  const unknown = Object.keys(written as object).filter((key) => !known.has(key));
  const mistakes = [
    ...unknown.map((key) => `${key}: no such field; it would be left out.`),
    ...namesOf(manifest, name),
    ...versionsOf(manifest),
    ...filesOf(manifest, folder),
  ];
  return { name: manifest.name ?? name, manifest, mistakes };
}

const wordsOf = (place: PropertyKey[], message: string) =>
  place.length === 0 ? message : `${place.map(String).join('.')}: ${message}`;

function namesOf({ name }: PluginManifest, folder: string): string[] {
  if (name !== undefined && name !== folder) return [`name: it is "${name}", and the folder is "${folder}".`];
  const parsed = PluginName.safeParse(folder);
  return parsed.success ? [] : [`The name of the folder ${parsed.error.issues[0]?.message}.`];
}

function versionsOf({ api_version, scopes, events, hooks, provides, settings, module }: PluginManifest): string[] {
  if (api_version === 'v1') {
    const v2 = [
      ...(Object.keys(hooks).length > 0 ? ['hooks'] : []),
      ...(provides.some((one) => one !== 'users') ? ['provides'] : []),
      ...(events.length > 0 ? ['events'] : []),
    ];
    return v2.map((field) => `${field}: v1 has none; use "api_version": "v2".`);
  }
  const unknown = scopes.filter((scope) => !PluginScope.safeParse(scope).success);
  return [
    ...unknown.map((scope) => `scopes: there is no scope "${scope}"; there are ${PluginScope.options.join(', ')}.`),
    ...(events.length > 0 && !scopes.includes('events.read') ? ['events: needs the scope events.read.'] : []),
    ...(settings && troubleWith(settings as JsonObject) ? [`settings: ${troubleWith(settings as JsonObject)}.`] : []),
    ...(module ? ['module: v1 only.'] : []),
  ];
}

function filesOf({ command, module, pages }: PluginManifest, folder: string): string[] {
  const links = linksIn(folder).map((file) => `${file} is a link; a plugin has none.`);
  const missing = [...pages.map(({ file }) => file), ...(module ? [module] : [])]
    .filter((file) => !existsSync(path.join(folder, file)))
    .map((file) => `${file} is named in ${FILE} and is not there.`);
  return [...links, ...missing, ...(command ? commandIn(command, folder) : [])];
}

function commandIn([program, ...words]: string[], folder: string): string[] {
  if (program === 'node' || program === 'python3') {
    const file = words.find((word) => !word.startsWith('-'));
    if (file === undefined) return [`command: say which file ${program} runs.`];
    return existsSync(path.join(folder, file)) ? [] : [`command: ${file} is not there; is it built?`];
  }
  const file = path.join(folder, program ?? '');
  if (!existsSync(file)) return [`command: ${program} is not there; is it built?`];
  try {
    accessSync(file, constants.X_OK);
    return [];
  } catch {
    return [`command: ${program} may not be run; chmod +x it.`];
  }
}

function linksIn(folder: string, place = ''): string[] {
  return readdirSync(path.join(folder, place)).flatMap((name) => {
    const own = path.join(place, name);
    const stat = lstatSync(path.join(folder, own));
    if (stat.isSymbolicLink()) return [own];
    return stat.isDirectory() ? linksIn(folder, own) : [];
  });
}
