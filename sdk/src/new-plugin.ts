import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PluginName } from '@bailiwick/contract';
import { buildPlugin } from './build-plugin.js';

export type Language = 'typescript' | 'python';

/** Makes the folder of a plugin that runs as it is; its last part is the plugin's name. */
export async function newPlugin(folder: string, language: Language, sdk: string): Promise<void> {
  const name = path.basename(path.resolve(folder));
  const parsed = PluginName.safeParse(name);
  if (!parsed.success) throw new Error(`"${name}": a name ${parsed.error.issues[0]?.message}.`);
  if (existsSync(folder)) throw new Error(`${folder} is there already.`);
  mkdirSync(folder, { recursive: true });
  const template = path.join(sdk, 'templates', language);
  for (const file of readdirSync(template)) {
    const text = readFileSync(path.join(template, file), 'utf8');
    writeFileSync(path.join(folder, file), text.replaceAll('{{name}}', name));
  }
  if (language === 'python') {
    for (const file of ['bailiwick_plugin.py', 'protocols.binpb'])
      cpSync(path.join(sdk, 'python', file), path.join(folder, file));
    return;
  }
  writeFileSync(path.join(folder, 'tsconfig.json'), `${JSON.stringify(compiling(folder, sdk), null, 2)}\n`);
  await buildPlugin(folder, sdk);
}

/** For editors and tsc: where the types of the SDK are, also where no package is installed beside the folder. */
const compiling = (folder: string, sdk: string) => ({
  compilerOptions: {
    target: 'es2022',
    lib: ['es2023'],
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    paths: { '@bailiwick/plugin': [path.relative(path.resolve(folder), path.join(sdk, 'dist/types/plugin.d.ts'))] },
  },
});
