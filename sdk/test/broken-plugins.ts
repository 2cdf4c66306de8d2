import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

const sdk = path.resolve(import.meta.dirname, '..');
const BANNER = "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";
const work = mkdtempSync(path.join(tmpdir(), 'bailiwick-broken-'));
let built: Promise<void> | undefined;

/** Once for all of them: gRPC and the SDK in one file beside each plugin. */
const lib = () =>
  (built ??= build({
    absWorkingDir: sdk,
    stdin: { contents: "export * from './src/plugin.ts'; export * from './src/protocols.ts'; export * as grpc from '@grpc/grpc-js';", resolveDir: sdk }, // prettier-ignore
    outfile: path.join(work, 'sdk.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: BANNER },
    logLevel: 'error',
  }).then(() => undefined));

let made = 0;

/** A folder with a plugin of a few lines; `manifest` is laid over the plainest one. */
export async function pluginOf(code: string, manifest: object = {}): Promise<string> {
  await lib();
  const folder = path.join(work, `plugin-${(made += 1)}`, 'tried');
  mkdirSync(folder, { recursive: true });
  cpSync(path.join(work, 'sdk.mjs'), path.join(folder, 'sdk.mjs'));
  writeFileSync(path.join(folder, 'plugin.mjs'), `import * as sdk from './sdk.mjs';\nconst { servePlugin, serveV1 } = sdk;\n${code}`); // prettier-ignore
  const whole = { api_version: 'v2', version: '1.0.0', command: ['node', 'plugin.mjs'], ...manifest };
  writeFileSync(path.join(folder, 'plugin.json'), JSON.stringify(whole));
  return folder;
}

export const removePlugins = () => rmSync(work, { recursive: true, force: true });
