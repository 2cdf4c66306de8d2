import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlertBook } from '../../src/features/alerts/alert-book.service.js';
import { NoticeRow } from '../../src/features/channels/notice.entity.js';
import { Database } from '../../src/kernel/database/database.js';
import { Asking } from '../granting.js';
import { HttpReceiver } from '../http-receiver.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';
import { MortalCore } from './mortal-core.js';

let receiver: HttpReceiver;
let core: MortalCore;

beforeAll(async () => {
  receiver = await HttpReceiver.start();
  core = new MortalCore({ BAILIWICK_OUTBOUND_ALLOW: '127.0.0.0/8' });
  await core.start();
  const owner = new Asking(core.app, await signIn(core.app));
  const settings = { kind: 'webhook', url: receiver.url, secret: 'sixteen letters or more' };
  expect((await owner.post('settings/channels', { name: 'On call', settings })).status).toBe(201);
});
afterAll(async () => {
  await core.end();
  await receiver.close();
});

const raise = (label: string) =>
  core.app.app.get(AlertBook).raise({
    key: `operation_failed:${label}`,
    rule: 'operation_failed',
    thingKind: 'operation',
    thingId: label,
    label,
    tenantId: null,
    environmentId: null,
    containerId: null,
    userId: null,
    facts: {},
    atMs: Date.now(),
  });
const hasCome = (label: string) => receiver.received.filter(({ text }) => text.includes(`"label":"${label}"`));
const waiting = () => core.app.app.get(Database).repository(NoticeRow).count();

describe('what there is to tell', () => {
  // The alert, the notice, the message it goes with, the try, and that it was taken.
  it.each([
    [1, 'after'],
    [2, 'before'],
    [2, 'after'],
    [3, 'before'],
    [3, 'after'],
    [4, 'before'],
    [4, 'after'],
    [5, 'before'],
    [5, 'after'],
  ] as const)('is told once the power is back that went at write %d, %s it', async (nth, when) => {
    const label = `shop-${nth}-${when}`;
    core.arm({ onWrite: (at, moment) => at === nth && moment === when });
    raise(label);
    await until(() => core.isDead, { within: 20_000, what: 'The end of the power' });
    await core.restart();
    await until(() => hasCome(label).length > 0, { within: 20_000, what: `The telling of ${label}` });
    await until(async () => (await waiting()) === 0, { within: 20_000, what: 'The end of it' });
    const deliveries = new Set(hasCome(label).map(({ headers }) => headers['bailiwick-delivery']));
    expect(deliveries.size).toBe(1);
  });
});
