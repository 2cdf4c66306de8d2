import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, pageOf } from './member.ts';
import { Panel, until } from './panel.ts';

const MINE = 29_610;
const STRANGERS = 29_611;
let panel: Panel;
let page: Page;
let stranger: Server;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake', env: { BAILIWICK_DEPLOY_STABLE_MS: '0' } });
  await panel.claim();
  stranger = createServer();
  await new Promise<void>((resolve) => stranger.listen(STRANGERS, '127.0.0.1', resolve));
  const ports = [{ containerPort: 8080, hostPort: MINE }];
  await panel.done('POST', '/deployments', { preset: 'tea-shop', name: 'tea-one', ports });
  page = await panel.page();
}, 120_000);
afterAll(async () => {
  await new Promise((resolve) => stranger.close(resolve));
  await panel.stop();
}, 60_000);

const row = (text: string) => page.getByRole('row').filter({ hasText: text });
const ask = (text: string) => page.getByRole('searchbox', { name: 'Port or container' }).fill(text);

describe('the map of ports', () => {
  it('says where each leads to, and of one number who has it', async () => {
    await panel.open(page, '/ports');
    await row(`${MINE}/tcp`).getByRole('link', { name: 'tea-one' }).waitFor();
    await look(page, 'ports');
    await ask('tea-one');
    await until('only that one is shown', async () => (await page.getByRole('row').count()) === 2);
    await ask('nothing like it');
    await page.getByText('Nothing of that name has a port').waitFor();
    await ask(`:${STRANGERS}`);
    await row(`${STRANGERS}/tcp`).getByText('Another program on the host').waitFor();
    await look(page, 'ports-foreign');
    await ask('29612');
    await page.getByText('Port 29612 is free').waitFor();
    await ask('80');
    await page.getByText('Ports below 1024 belong to the system').waitFor();
  }, 90_000);

  it('tells others that a port is taken, and not by whom', async () => {
    const tania = await addMember(panel, 'tania', 'Tania Sokolova');
    const hers = await pageOf(panel, tania);
    await hers.goto(`${panel.url}/ports`);
    await hers.getByText('No ports yet').waitFor();
    await hers.goto(`${panel.url}/ports?q=${MINE}`);
    await hers.getByText('Another container').waitFor();
    await hers.context().close();
  }, 60_000);
});

describe('a port that is taken', () => {
  it('is replaced by the next free one with one click', async () => {
    await panel.open(page, '/deploy/tea-shop');
    await page.getByLabel('Name').fill('tea-two');
    await page.getByRole('textbox', { name: 'Shop' }).fill(String(MINE));
    // The next one up is another program's.
    await page.getByRole('button', { name: 'Use 29612' }).click();
    expect(await page.getByRole('textbox', { name: 'Shop' }).inputValue()).toBe('29612');
    await look(page, 'deploy-port');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByText('The ports are free.').waitFor();
    await page.getByRole('button', { name: 'Deploy', exact: true }).click();
    await until('it has that port', async () => {
      const { items } = await panel.api<{ items: { usedBy: { name: string } }[] }>('GET', '/ports?port=29612');
      return items[0]?.usedBy.name === 'tea-two';
    });
  }, 90_000);
});

it('looks as it should in both modes and on a phone', () => {
  expect(problems()).toEqual([]);
});
