import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type ContainerId, KeptLogPage, KeptLogList } from '@bailiwick/contract';
import Docker from 'dockerode';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { Asking } from '../granting.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

const MINUTE = 60_000;
const docker = new Docker({ socketPath: process.env['BAILIWICK_TEST_DOCKER'] ?? '/var/run/docker.sock' });
const LINES = 3000;
const SCRIPT = `seq 1 ${LINES} | sed 's/^/line /'; echo "password is $DB_PASSWORD" >&2; exec sleep 600`;
const LAST = 'password is •••(DB_PASSWORD)';

let core: TestApp;
let owner: Asking;
const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
const made: Docker.Container[] = [];
beforeAll(async () => {
  core = await startApp({ env: { BAILIWICK_ENGINE: 'docker', BAILIWICK_LOG_HISTORY: 'all' }, storageDir });
  owner = new Asking(core, await signIn(core));
  await core.app.get(MirrorsService).ready();
}, MINUTE);
afterEach(async () => {
  await Promise.all(made.splice(0).map((container) => container.remove({ force: true, v: true }).catch(exceptGone)));
}, MINUTE);
afterAll(async () => {
  await core.close();
  rmSync(storageDir, { recursive: true, force: true });
}, MINUTE);

const exceptGone = (error: { statusCode?: number }) => {
  if (error.statusCode !== 404) throw error as Error;
};

async function run(): Promise<{ id: ContainerId; container: Docker.Container }> {
  const container = await docker.createContainer({
    name: `bailiwick-test-${newId('log').slice(4)}`,
    Image: 'busybox:local',
    Cmd: ['sh', '-c', SCRIPT],
    Env: ['DB_PASSWORD=correct-horse'],
    Labels: { 'bailiwick.test': '1' },
    HostConfig: { NetworkMode: 'none', Init: true },
  });
  made.push(container);
  await container.start();
  const seen = () =>
    core.app
      .get(MirrorsService)
      .containers()
      .find(({ engineId }) => engineId === container.id);
  await until(() => seen() !== undefined);
  return { id: seen()?.id as ContainerId, container };
}
async function rows(id: string): Promise<KeptLogPage['rows']> {
  const all: KeptLogPage['rows'] = [];
  for (let before = ''; ;) {
    const { status, body } = await owner.get(`kept-logs/${id}/lines?tail=2000${before}`);
    if (status !== 200) return all;
    const page = KeptLogPage.parse(body);
    all.unshift(...page.rows);
    const oldest = page.rows.find((row) => row.type === 'line');
    if (!page.more || !oldest) return all;
    before = `&before=${oldest.cursor}`;
  }
}
const texts = (all: KeptLogPage['rows']) => all.flatMap((row) => (row.type === 'line' ? row.text : []));
const removed = (id: string) => until(async () => (await rows(id)).some((row) => row.type === 'event' && row.event === 'removed')); // prettier-ignore
const everyLine = [...Array.from({ length: LINES }, (_, at) => `line ${at + 1}`), LAST];
const sorted = (lines: string[]) => [...lines].sort();

describe('the log of a container that is gone, on a real engine', () => {
  it.each([
    ['past the panel', ({ container }: Awaited<ReturnType<typeof run>>) => container.remove({ force: true, v: true })],
    [
      'by the panel',
      ({ id }: Awaited<ReturnType<typeof run>>) =>
        owner
          .delete(`containers/${id}`)
          .send({ force: true })
          .expect(202)
          .then(() => undefined),
    ],
  ])(
    'is kept whole where it was removed %s',
    async (_, remove) => {
      const one = await run();
      await until(async () => texts(await rows(one.id)).includes(LAST));
      await remove(one);
      await removed(one.id);
      const kept = await rows(one.id);
      // Two streams of a container may be a moment out of order.
      expect(sorted(texts(kept))).toEqual(sorted(everyLine));
      expect(kept.some(({ type }) => type === 'gap')).toBe(false);
      const { items } = KeptLogList.parse((await owner.get('kept-logs').expect(200)).body);
      expect(items.map(({ id }) => id)).toContain(one.id);
      const folder = path.join(storageDir, 'logs', one.id);
      await until(() => readdirSync(folder).every((name) => name.endsWith('.gz')));
      for (const name of readdirSync(folder)) expect(readFileSync(path.join(folder, name)).includes('correct-horse')).toBe(false); // prettier-ignore
    },
    MINUTE,
  );

  it(
    'goes on in the same log when the container starts again',
    async () => {
      const { id, container } = await run();
      await until(async () => texts(await rows(id)).includes(LAST));
      await container.restart({ t: 0 });
      await until(async () => texts(await rows(id)).filter((text) => text === LAST).length === 2);
      const kept = await rows(id);
      expect(kept.flatMap((row) => (row.type === 'event' ? row.event : []))).toEqual(['stopped', 'started']);
      expect(texts(kept)).toHaveLength(2 * everyLine.length);
    },
    MINUTE,
  );
});
