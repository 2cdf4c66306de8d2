import { execFileSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Operation } from '@bailiwick/contract';
import { tar, tarPart } from '../archive-bytes.js';
import type { CoreProcess } from '../faults/core-process.js';
import { DEEP, KilledCore, pointsOf } from '../faults/killed-core.js';

const scene = new KilledCore();
const UNPACKING = ['check', 'unpack', 'place'];
const PACKED = tar(
  { name: 'folder/a.txt', content: 'a'.repeat(3000) },
  { name: 'b.txt', content: 'b' },
  { name: 'empty/', type: '5' },
);
const WHOLE = ['./b.txt', './empty', './folder', './folder/a.txt'];
let name: string;
let target: Operation['target'];

beforeAll(async () => {
  await scene.begin();
  name = scene.nextName();
  const core = await scene.start();
  ({ target } = await scene.deployed(core, 'web', name));
  await core.stop();
}, 90_000);
afterEach(() => scene.endLast());
afterAll(async () => {
  const core = await scene.start();
  await scene.remove(core, target);
  scene.assertInOrder();
  await core.stop();
  scene.end();
}, 60_000);

const run = (program: string, input?: Buffer) =>
  execFileSync('docker', ['exec', '-i', name, 'sh', '-c', program], input ? { input } : {}).toString();
const filesIn = (folder: string) => run(`cd ${folder} && find . ! -name .`).split('\n').filter(Boolean).sort();
const fresh = (archive: Buffer) => {
  run('rm -rf /data/* /data/.bailiwick-*; mkdir /data/there; echo mine > /data/there/mine.txt');
  run('cat > /data/pack.tar', archive);
};
const asking = (route: string, body: object, key: string) => (core: CoreProcess) =>
  scene.ask(core, 'POST', `/containers/${target.containerId}/files/${route}`, { body, key });

async function dieAt(points: readonly string[], route: string, body: object) {
  const ask = asking(route, body, `key-${points.join('-')}-${JSON.stringify(body)}`);
  const core = await scene.dieAtEach(points, ask);
  return { core, operation: await scene.endOf(core, ask) };
}

describe('a core that is killed while it unpacks', () => {
  const points = DEEP ? ['accept:after-result', ...pointsOf(UNPACKING), 'finish:after-result'] : pointsOf(UNPACKING);

  it.each(points)(
    'at %s goes on until all is in its place, once, and nothing else is there',
    async (point) => {
      for (const into of ['/data/there', '/data/new']) {
        fresh(PACKED);
        const { core, operation } = await dieAt([point], 'unpack', { path: '/data/pack.tar', into });
        expect(operation).toMatchObject({ name: 'files.unpack', state: 'done', result: { files: 2, folders: 1 } });
        expect(filesIn(into)).toEqual(into === '/data/new' ? WHOLE : [...WHOLE, './mine.txt'].sort());
        expect(filesIn('/data')).not.toContainEqual(expect.stringContaining('.bailiwick-'));
        await core.stop();
      }
    },
    120_000,
  );

  it.each(DEEP ? pointsOf(['undo-unpack']) : ['undo-unpack:after-effect'])(
    'at %s, as its archive is broken by now, goes on until nothing of it is left',
    async (point) => {
      fresh(PACKED);
      const ask = asking('unpack', { path: '/data/pack.tar', into: '/data/there' }, `broken-${point}`);
      const dying = await scene.start({ BAILIWICK_FAILPOINT: 'crash@check:after-result' });
      await ask(dying).catch(() => undefined);
      await dying.untilKilled();
      run('cat > /data/pack.tar', Buffer.concat([tarPart({ name: 'b.txt', content: 'b' }), PACKED.subarray(0, 700)]));
      const again = await scene.start({ BAILIWICK_FAILPOINT: `crash@${point}` });
      await again.untilKilled();

      const core = await scene.start();
      expect(await scene.endOf(core, ask)).toMatchObject({ state: 'failed', failedStep: 'unpack', error: { code: 'archive_refused' } }); // prettier-ignore
      expect(filesIn('/data')).toEqual(['./pack.tar', './there', './there/mine.txt']);
      await core.stop();
    },
    120_000,
  );
});

describe('a core that is killed while it packs', () => {
  it.each(DEEP ? pointsOf(['pack', 'place']) : ['pack:after-effect', 'place:after-effect'])(
    'at %s goes on until the archive is in its place, once',
    async (point) => {
      fresh(PACKED);
      const body = { folder: '/data', names: ['there', 'pack.tar'], to: '/data/made.tar.gz' };
      const { core, operation } = await dieAt([point], 'pack', body);
      expect(operation).toMatchObject({ name: 'files.pack', state: 'done', result: { left: 0 } });
      expect(filesIn('/data')).toEqual(['./made.tar.gz', './pack.tar', './there', './there/mine.txt']);
      expect(run('tar -xzOf /data/made.tar.gz there/mine.txt')).toBe('mine\n');
      await core.stop();
    },
    120_000,
  );
});
