// Holds proto/ to what was released (proto/released.binpb). With --release what stands in proto/ now becomes that.
import { readFileSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { breaksOf } from './breaking.rules.mjs';
import { decode, descriptorSetOf, encode } from './descriptors.mjs';

const proto = path.resolve(import.meta.dirname, '../../proto');
const RELEASED = path.join(proto, 'released.binpb');

const files = (await readdir(proto, { recursive: true })).filter((file) => file.endsWith('.proto')).sort();
const now = encode(descriptorSetOf(proto, files));
if (process.argv.includes('--release')) writeFileSync(RELEASED, now);
else {
  const breaks = breaksOf(decode(readFileSync(RELEASED)), decode(now));
  for (const one of breaks) console.log(`proto/: ${one}.`);
  if (breaks.length > 0) console.log('Plugins that are out there would break: leave it as it was, and add beside it.');
  process.exitCode = breaks.length > 0 ? 1 : 0;
}
