import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LogMatches, LogPage } from '@bailiwick/contract';
import type { FakeContainer } from '../../src/foundation/environments/fake-container.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine, seenOnEngine } from '../fake-engine.js';
import { aGrant, Asking, memberOn } from '../granting.js';
import { LogViewer } from '../log-viewer.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

const SECRET = 'hunter2hunter';
const WRITTEN = `line 1 connecting with ${SECRET} in production`;
const SHOWN = 'line 1 connecting with •••(DB_PASSWORD) in production';

let core: TestApp;
let owner: SignedInPerson;
let reader: SignedInPerson;
let seen: SeenContainer;
let talker: FakeContainer;
const viewers: LogViewer[] = [];
beforeEach(async () => {
  core = await startApp();
  owner = await signIn(core);
  const env = { DB_PASSWORD: SECRET, MODE: 'production' };
  seen = await seenOnEngine(core, { name: 'talker', command: ['sleep', 'infinity'], env });
  talker = fakeEngine(core).get(seen.engineId);
  reader = await memberOn(core, owner, seen, 'containers.logs', 'containers.logsDownload');
  talker.log.write('stdout', WRITTEN);
});
afterEach(async () => {
  for (const viewer of viewers.splice(0)) viewer.close();
  await core.close();
});

const as = (who: SignedInPerson) => new Asking(core, who);
const logs = 'containers/';
async function follow(who: SignedInPerson): Promise<LogViewer> {
  const viewer = await LogViewer.connect(core, who);
  viewers.push(viewer);
  return viewer.follow({ containerId: seen.id });
}
const texts = ({ rows }: LogViewer) => rows.flatMap((row) => (row.type === 'line' ? row.text : []));

describe('what a container was told in confidence, in its log', () => {
  it('is named instead of read, except by who may read secrets; other variables stay', async () => {
    const page = async (who: SignedInPerson) => LogPage.parse((await as(who).get(`${logs}${seen.id}/logs`)).body).lines;
    const [shown, written] = [await page(reader), await page(owner)];
    expect(shown).toMatchObject([{ text: SHOWN }]);
    expect(written).toMatchObject([{ text: WRITTEN }]);
    expect(shown[0]?.cursor).toBe(written[0]?.cursor);
  });

  it('is not in their file, and not found by a search of theirs', async () => {
    const file = async (who: SignedInPerson) =>
      (await as(who).get(`${logs}${seen.id}/logs/download?timestamps=false`).expect(200)).text;
    expect(await file(reader)).toBe(`${SHOWN}\n`);
    expect(await file(owner)).toBe(`${WRITTEN}\n`);
    talker.log.write('stdout', 'line 2');
    const { body } = await as(owner).get(`${logs}${seen.id}/logs?tail=1`);
    const before = LogPage.parse(body).lines[0]?.cursor ?? '';
    const found = async (who: SignedInPerson, q: string) => {
      const query = new URLSearchParams({ q, before }).toString();
      return LogMatches.parse((await as(who).get(`${logs}${seen.id}/logs/matches?${query}`).expect(200)).body).found;
    };
    expect([await found(reader, SECRET), await found(reader, 'hunter'), await found(reader, 'DB_PASSWORD')]).toEqual([0, 0, 1]); // prettier-ignore
    expect(await found(owner, SECRET)).toBe(1);
  });

  it('is not in what they follow, while others beside them read it', async () => {
    const [theirs, ours] = [await follow(reader), await follow(owner)];
    talker.log.write('stderr', `line 2 ${SECRET}${SECRET}`);
    await until(() => texts(theirs).length === 2 && texts(ours).length === 2);
    expect(texts(theirs)).toEqual([SHOWN, 'line 2 •••(DB_PASSWORD)']);
    expect(texts(ours)).toEqual([WRITTEN, `line 2 ${SECRET}${SECRET}`]);
  });

  it('is named from the moment the right to it ends, and the log goes on', async () => {
    const target = { kind: 'container', id: seen.id } as const;
    const other = await signIn(core, { platformRole: 'member' });
    const holds = { role: 'observer', allow: ['containers.logs', 'containers.settingsSecrets'] } as const;
    await as(owner).change([aGrant(other, target, { ...holds, allow: [...holds.allow] })]);
    const viewer = await follow(other);
    await until(() => texts(viewer).length === 1);
    await as(owner).change([aGrant(other, target, { role: 'observer', allow: ['containers.logs'], version: 1 })]);
    talker.log.write('stdout', `line 2 ${SECRET}`);
    await until(() => texts(viewer).length === 2);
    expect(texts(viewer)).toEqual([WRITTEN, 'line 2 •••(DB_PASSWORD)']);
  });
});
