import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BlackBoxList } from '@bailiwick/contract';
import { docker, KilledCore } from '../faults/killed-core.js';
import type { CoreProcess } from '../faults/core-process.js';
import { newId } from '../../src/kernel/ids.js';
import { until } from '../until.js';

const TIME_MS = 120_000;
const SECRET = 'a-secret-nobody-reads';
const MIB = 1024 * 1024;
const scene = new KilledCore();
const made: string[] = [];
let core: CoreProcess;

beforeAll(async () => {
  await scene.begin();
  core = await scene.start();
}, TIME_MS);
afterAll(async () => {
  await scene.endLast();
  for (const id of made) await docker.getContainer(id).remove({ force: true });
  scene.end();
}, TIME_MS);

/** Runs until there is a file `/go` in it. */
async function run(
  script: string,
  memoryBytes = 64 * MIB,
): Promise<{ id: string; engineId: string; go: () => Promise<void> }> {
  const name = `bailiwick-boxed-${newId('ct').slice(3)}`;
  const container = await docker.createContainer({
    name,
    Image: 'busybox:local',
    Env: [`DB_PASSWORD=${SECRET}`],
    Cmd: ['sh', '-c', `while [ ! -e /go ]; do sleep 0.1; done; ${script}`],
    HostConfig: { Memory: memoryBytes, MemorySwap: memoryBytes },
  });
  made.push(container.id);
  await container.start();
  const find = async (): Promise<string | undefined> =>
    (await scene.ask(core, 'GET', '/containers')).body.items.find(
      (each: { name: string; state: string }) => each.name === name && each.state === 'running',
    )?.id;
  await until(find, { within: 20_000, what: 'Seeing it run' });
  const go = async () => void (await (await container.exec({ Cmd: ['touch', '/go'] })).start({}));
  return { id: (await find()) ?? '', engineId: container.id, go };
}
const boxesOf = async (id: string) =>
  BlackBoxList.parse((await scene.ask(core, 'GET', `/containers/${id}/black-boxes`)).body).items;
const boxed = (id: string) =>
  until(async () => (await boxesOf(id)).length > 0, { within: 45_000, what: 'The black box' });

describe('a container on a real engine that ended without being asked', () => {
  it(
    'leaves its last lines without what it was told in confidence, its exit code and its limits',
    async () => {
      const { id, go } = await run(
        'echo "the password is $DB_PASSWORD"; seq 1 300; sleep 0.5; echo "cannot go on" >&2; exit 42',
      );
      await go();
      await boxed(id);
      const [box] = await boxesOf(id);
      expect(box).toMatchObject({ exitCode: 42, oomKilled: false, limits: { memoryBytes: 64 * MIB }, changes: null });
      const lines = box?.log?.lines ?? [];
      expect([lines.length, box?.log?.more]).toEqual([200, true]);
      expect(lines.map(({ text }) => text)).toEqual(expect.arrayContaining(['300', 'cannot go on']));
      expect(JSON.stringify(box)).not.toContain(SECRET);
    },
    TIME_MS,
  );

  it(
    'leaves that memory ran out, and says so without the secret it wrote last',
    async () => {
      const { id, go } = await run('echo "$DB_PASSWORD"; x=$(head -c 64m /dev/zero | tr "\\0" x); echo "$x"', 16 * MIB);
      await go();
      await boxed(id);
      const [box] = await boxesOf(id);
      expect(box).toMatchObject({ oomKilled: true, limits: { memoryBytes: 16 * MIB } });
      expect(box?.log?.lines.length).toBeGreaterThan(0);
      expect(JSON.stringify(box)).not.toContain(SECRET);
    },
    TIME_MS,
  );

  it(
    'leaves it also where the core was killed right after',
    async () => {
      const { id, engineId, go } = await run('echo "the last words"; exit 7');
      await go();
      await docker.getContainer(engineId).wait();
      await core.kill();
      core = await scene.start();
      await boxed(id);
      const [box, ...others] = await boxesOf(id);
      expect(box).toMatchObject({ exitCode: 7 });
      expect(box?.log?.lines.at(-1)?.text).toBe('the last words');
      expect(others).toEqual([]);
    },
    TIME_MS,
  );
});
