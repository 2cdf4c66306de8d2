import { PluginManifest, PluginName, PluginScope, type PluginSource } from '@bailiwick/contract';

/** What a manifest says, or what is wrong with it, in words. */
export type ReadManifest =
  { readonly manifest: PluginManifest; readonly warnings: readonly string[] } | { readonly error: string };

export const MANIFEST_FILE = 'plugin.json';

/** `text`: of `plugin.json`; `folder`: the name of the folder it lies in. */
export function readManifest(text: string, folder: string): ReadManifest {
  if (!PluginName.safeParse(folder).success)
    return { error: 'The folder’s name is no name of a plugin: 2 to 64 letters, digits, dashes and underscores.' };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { error: `${MANIFEST_FILE} is no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const parsed = PluginManifest.safeParse(json);
  if (!parsed.success) {
    const said = parsed.error.issues.map(({ path, message }) => `${path.join('.') || MANIFEST_FILE}: ${message}`);
    return { error: said.slice(0, 10).join('; ') };
  }
  return checked(parsed.data, folder);
}

function checked(manifest: PluginManifest, folder: string): ReadManifest {
  const { name = folder, api_version, scopes, events, module, hooks, provides } = manifest;
  if (name !== folder) return { error: `It calls itself ${name}, but its folder is ${folder}.` };
  const known = scopes.filter((scope) => PluginScope.safeParse(scope).success);
  const unknown = scopes.filter((scope) => !known.includes(scope));
  if (unknown.length > 0 && api_version === 'v2')
    return { error: `It asks for what there is not: ${unknown.join(', ')}. Known are ${PluginScope.options.join(', ')}.` }; // prettier-ignore
  if (module !== undefined && api_version !== 'v1') return { error: 'A module is of api_version v1.' };
  if (events.length > 0 && !known.includes('events.read'))
    return { error: 'It wants to hear events and does not ask for events.read.' };
  const warnings = unknown.map((scope) => `It asks for ${scope}, which there is not.`);
  if (api_version === 'v1' && (Object.keys(hooks).length > 0 || provides.some((call) => call !== 'users')))
    warnings.push('Hooks, actions, presets, channels and metrics are of api_version v2; they are left out.');
  return { manifest: { ...manifest, name, scopes: known }, warnings };
}

export const sourceOf = ({ command, module }: PluginManifest): PluginSource =>
  command ? 'process' : module === undefined ? 'external' : 'in_process';
