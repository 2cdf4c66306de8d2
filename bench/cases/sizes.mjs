// What is shipped.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { call } from '../engine.mjs';
import { mib } from '../measure.mjs';
import { ROOT } from '../panel.mjs';

const files = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath, entry.name))
    : [];
const total = (list, measure) => list.reduce((sum, file) => sum + measure(file), 0);

/** As `docker compose build` names them. */
const IMAGES = ['bailiwick-core', 'bailiwick-gui'];

async function sizeOf(image) {
  const found = await call('GET', `/images/${image}/json`).catch(() => null);
  return found ? mib(found.Size) : 'not built here';
}

/** The layers both images stand on. */
async function sizeOfBase() {
  const base = process.env.NODE_IMAGE ?? 'node:20-slim';
  return `${base}: ${await sizeOf(encodeURIComponent(base))}`;
}

export async function sizes() {
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
    {
      what: 'Images with what they stand on, core · GUI',
      ours: (await Promise.all(IMAGES.map(sizeOf))).join(' · '),
      raw: await sizeOfBase(),
    },
  ];
}
