import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Esbuild from 'esbuild';

/** gRPC is CommonJS: what it requires is found beside the one file it becomes part of. */
const BANNER = "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";

/** Makes plugin.mjs of plugin.ts: one file with all it needs, the SDK among it. */
export async function buildPlugin(folder: string, sdk: string): Promise<void> {
  const source = path.join(folder, 'plugin.ts');
  if (!existsSync(source)) throw new Error(`There is no plugin.ts in ${folder}.`);
  const { build } = await esbuildOf([path.resolve(folder), sdk]);
  await build({
    absWorkingDir: path.resolve(folder),
    entryPoints: ['plugin.ts'],
    outfile: 'plugin.mjs',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'warning',
    alias: { '@bailiwick/plugin': path.join(sdk, 'dist/plugin.mjs') },
    banner: { js: BANNER },
  });
}

/** Of the author's own packages, else of those of the SDK. */
async function esbuildOf(places: string[]): Promise<typeof Esbuild> {
  for (const place of places) {
    try {
      const found = createRequire(path.join(place, 'package.json')).resolve('esbuild');
      return (await import(found)) as typeof Esbuild;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new Error('Building needs esbuild: npm install --save-dev esbuild');
}
