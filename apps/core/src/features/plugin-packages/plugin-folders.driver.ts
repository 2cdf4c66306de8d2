import { createHash } from 'node:crypto';
import { type Dirent, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MANIFEST_FILE, type ReadManifest, readManifest } from './manifest.rules.js';

const [ENTRIES, BYTES, DEEPEST, MANIFEST_BYTES] = [5000, 128 * 1024 * 1024, 16, 256 * 1024];

/** One folder as it is now; its digest changes with every byte of it. */
export interface FoundPlugin {
  readonly name: string;
  readonly folder: string;
  readonly digest: string;
  readonly read: ReadManifest;
}

class Refused extends Error {}

/** Every folder below `root`; one that is not right is found with its error. */
export function findPlugins(root: string): FoundPlugin[] {
  mkdirSync(root, { recursive: true, mode: 0o755 });
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && !entry.isFile())
    .map(({ name }) => findOne(path.join(root, name), name))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function findOne(folder: string, name: string): FoundPlugin {
  try {
    if (!lstatSync(folder).isDirectory()) throw new Refused('It is a link. Copy the folder itself.');
    const { digest, hidden } = digestOf(folder);
    const manifest = path.join(folder, MANIFEST_FILE);
    if (!existsSync(manifest)) throw new Refused(`It has no ${MANIFEST_FILE}.`);
    if (lstatSync(manifest).size > MANIFEST_BYTES) throw new Refused(`Its ${MANIFEST_FILE} is larger than 256 KiB.`);
    const read = readManifest(readFileSync(manifest, 'utf8'), name);
    return {
      name,
      folder,
      digest,
      read: 'error' in read ? read : { ...read, warnings: [...read.warnings, ...hidden] },
    };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { name, folder, digest: `refused: ${error.message}`, read: { error: error.message } };
  }
}

/** `hidden`: what its own user could not read. */
function digestOf(folder: string): { digest: string; hidden: string[] } {
  const hash = createHash('sha256');
  const hidden: string[] = [];
  let [entries, bytes] = [0, 0];
  const visit = (place: string, depth: number): void => {
    if (depth > DEEPEST) throw new Refused(`It is nested more than ${DEEPEST} deep.`);
    for (const entry of readdirSync(place, { withFileTypes: true }).toSorted(byName)) {
      entries += 1;
      if (entries > ENTRIES) throw new Refused(`It has more than ${ENTRIES} files.`);
      const full = path.join(place, entry.name);
      const inside = path.relative(folder, full);
      const { mode, size } = lstatSync(full);
      if (entry.isSymbolicLink())
        throw new Refused(`${inside} is a link. Links are refused: put the file itself there.`);
      if (!entry.isDirectory() && !entry.isFile()) throw new Refused(`${inside} is no file.`);
      hash.update(`${entry.isDirectory() ? 'd' : 'f'}${mode & 0o777}\0${inside}\0`);
      if ((mode & 0o004) === 0) hidden.push(`${inside} cannot be read by others, and so not by its own user.`);
      if (entry.isDirectory()) visit(full, depth + 1);
      else {
        bytes += size;
        if (bytes > BYTES) throw new Refused('It is larger than 128 MiB.');
        hash.update(createHash('sha256').update(readFileSync(full)).digest());
      }
    }
  };
  visit(folder, 0);
  return { digest: hash.digest('hex'), hidden: hidden.slice(0, 5) };
}

const byName = (one: Dirent, other: Dirent): number => (one.name < other.name ? -1 : 1);
