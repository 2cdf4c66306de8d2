// `pnpm run proto:types`: what the SDK and the Python module know of proto/. With --check it only says what is not current.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { descriptorSetOf, encode, protocolsAsJson } from './descriptors.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const proto = path.join(root, 'proto');

const asModule = (json) =>
  `// Written by protocols/write.mjs.\nexport const PROTOCOLS = \n  '${JSON.stringify(json)}';\n`;

/** Every folder of a Python plugin carries the module and the descriptors beside its own file. */
function pythonFolders() {
  return readdirSync(path.join(root, 'plugins'))
    .map((name) => path.join('plugins', name))
    .filter((folder) => existsSync(path.join(root, folder, 'bailiwick_plugin.py')));
}

const set = encode(descriptorSetOf(proto));
const python = readFileSync(path.join(root, 'sdk/python/bailiwick_plugin.py'));
const files = {
  'sdk/src/generated/protocols.ts': Buffer.from(asModule(protocolsAsJson(proto))),
  'sdk/python/protocols.binpb': set,
  ...Object.fromEntries(pythonFolders().map((folder) => [`${folder}/bailiwick_plugin.py`, python])),
  ...Object.fromEntries(pythonFolders().map((folder) => [`${folder}/protocols.binpb`, set])),
};

const stale = Object.entries(files).filter(
  ([file, bytes]) => !existsSync(path.join(root, file)) || !readFileSync(path.join(root, file)).equals(bytes),
);
if (process.argv.includes('--check')) {
  for (const [file] of stale)
    console.log(`${file} is not what proto/ says: pnpm --filter @bailiwick/plugin proto:types`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [file, bytes] of stale) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), bytes);
  }
}
