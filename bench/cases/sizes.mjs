// What is shipped.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { mib } from '../measure.mjs';
import { ROOT } from '../panel.mjs';

const files = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
    : [];
const total = (list, measure) => list.reduce((sum, file) => sum + measure(file), 0);

export function sizes() {
  const client = files(path.join(ROOT, 'apps/gui/.next/static')).filter((file) => file.endsWith('.js'));
  return [
    {
      what: 'Core bundle',
      ours: mib(statSync(path.join(ROOT, 'apps/core/dist/main.cjs')).size),
      raw: '—',
      claim: 'GhostPanel: binary < 20 MB',
    },
    {
      what: 'Browser code, all routes, gzip',
      ours: mib(total(client, (file) => gzipSync(readFileSync(file)).length)),
      raw: '—',
    },
  ];
}
