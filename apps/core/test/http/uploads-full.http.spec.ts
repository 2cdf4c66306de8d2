import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { VolumeLabels } from '../../src/foundation/environments/volume-labels.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine } from '../fake-engine.js';
import { ownedOnEngine } from '../owned-container.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { Uploading } from '../uploading.js';

const MIB = 1024 * 1024;

describe('an upload whose disk fills up', () => {
  const OLD = randomBytes(2 * MIB);
  const NEW = randomBytes(6 * MIB);
  let core: TestApp;
  let owner: SignedInPerson;
  let up: Uploading;
  let workspace: string;
  let volume: string;
  let engineId: string;
  let made = 0;
  const disks: string[] = [];
  beforeAll(async () => {
    if (process.getuid?.() !== 0) throw new Error('A disk of a few megabytes can only be made by root.');
    core = await startApp();
    owner = await signIn(core);
    fakeEngine(core).workspacesDir = path.join(core.config.storageDir, 'workspaces');
  });
  afterAll(async () => {
    for (const disk of disks) execFileSync('umount', [disk]);
    await core.close();
  });
  beforeEach(async () => {
    const name = `default/${newId('ct')}`;
    workspace = path.join(core.config.storageDir, 'workspaces', name);
    mkdirSync(workspace, { recursive: true });
    made += 1;
    const row = { id: newId('vol'), name: `bw_default_full_data${made}`, operationId: newId('op') };
    const labels = core.app.get(VolumeLabels).of(row, owner.user.tenantId);
    volume = path.join(core.config.storageDir, row.name);
    fakeEngine(core).volumes.set(row.name, { labels, plain: true, mountpoint: volume });
    const volumes = [{ name, target: '/app' }, { name: row.name, target: '/data' }]; // prettier-ignore
    const spec = { name: `full-${made}`, image: 'python:3.12', volumes };
    const seen = await ownedOnEngine(core, owner.user, spec);
    ({ engineId } = seen);
    up = new Uploading(core, owner, seen.id);
  });

  /** What is written there is on a disk of its own. */
  function disk(folder: string, mebibytes: number): void {
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder]);
    disks.push(folder);
  }
  /** Leaves so much room. */
  function fill(folder: string, leaving: number): void {
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(path.join(folder, 'filler'), Buffer.alloc(bavail * bsize - leaving));
  }
  const free = (folder: string) => rmSync(path.join(folder, 'filler'));
  const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  const there = (folder: string) => hash(readFileSync(path.join(folder, 'old.bin')));

  it('while its parts come: it is told so, what was there stays, and it goes on where it was once there is room', async () => {
    const uploads = path.join(core.config.storageDir, 'uploads');
    disk(uploads, 80);
    writeFileSync(path.join(workspace, 'old.bin'), OLD, { mode: 0o640 });
    const location = await up.begun('/app/old.bin', NEW.length, { replace: true });
    await up.send(location, 0, NEW.subarray(0, MIB)).expect(204);
    fill(uploads, MIB);
    expect((await up.send(location, MIB, NEW.subarray(MIB)).expect(507)).body.code).toBe('storage_full');
    expect(there(workspace)).toBe(hash(OLD));
    expect(readdirSync(workspace)).toEqual(['old.bin']);
    const offset = await up.offsetOf(location);
    expect(offset).toBeGreaterThanOrEqual(MIB);
    expect(offset).toBeLessThan(3 * MIB);
    free(uploads);
    await up.send(location, offset, NEW.subarray(offset)).expect(204);
    expect(there(workspace)).toBe(hash(NEW));
    expect(readdirSync(uploads)).toEqual([]);
  });

  it('while it takes its place: the same, and nothing is left beside it', async () => {
    disk(volume, 10);
    writeFileSync(path.join(volume, 'old.bin'), OLD);
    const location = await up.begun('/data/old.bin', NEW.length, { replace: true });
    fill(volume, 3 * MIB);
    expect((await up.send(location, 0, NEW).expect(507)).body.code).toBe('storage_full');
    expect(there(volume)).toBe(hash(OLD));
    expect(readdirSync(volume).sort()).toEqual(['filler', 'old.bin']);
    expect(await up.offsetOf(location)).toBe(NEW.length);
    expect((await up.send(location, NEW.length, Buffer.alloc(0)).expect(507)).body.code).toBe('storage_full');
    free(volume);
    await up.send(location, NEW.length, Buffer.alloc(0)).expect(204);
    expect(there(volume)).toBe(hash(NEW));
    expect(readdirSync(volume)).toEqual(['old.bin']);
  });

  it('takes nothing amiss where the place itself is a disk of its own: the container’s programs reach it', async () => {
    disk(workspace, 10);
    const { files } = fakeEngine(core).get(engineId);
    files.makeFolder('/app');
    await up.send(await up.begun('/app/new.bin', NEW.length), 0, NEW).expect(204);
    expect(files.get('/app/new.bin')).toMatchObject({ content: NEW });
    expect(readdirSync(workspace)).toEqual([]);
  });
});
