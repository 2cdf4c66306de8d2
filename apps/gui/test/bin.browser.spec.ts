import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BinList, Operation } from '@bailiwick/contract';
import type { Locator, Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, pageOf } from './member.ts';
import { Panel, until } from './panel.ts';

let panel: Panel;
let page: Page;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake', env: { BAILIWICK_DEPLOY_STABLE_MS: '0' } });
  await panel.claim();
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const deploy = async (name: string): Promise<Operation> => {
  const volumes = [{ name: 'data', target: '/data' }];
  const wish = { image: 'busybox:local', name, volumes, options: { command: ['sleep', '1000'] } };
  return panel.done('POST', '/deployments', wish);
};
async function deleted(name: string): Promise<string> {
  const { target } = await deploy(name);
  const id = target.containerId ?? '';
  await panel.done('DELETE', `/containers/${id}`, { force: true });
  return id;
}
const row = (text: string): Locator => page.getByRole('row').filter({ hasText: text });

describe('the bin', () => {
  it('is empty at first', async () => {
    await panel.open(page, '/bin');
    await page.getByText('The bin is empty').waitFor();
    await look(page, 'bin-empty');
  }, 60_000);

  it('lists what was deleted, and brings it back under its id with its data', async () => {
    const id = await deleted('shop-one');
    await deleted('shop-two');
    await panel.open(page, '/bin');
    await row('shop-one').getByText('Kept', { exact: true }).waitFor();
    await look(page, 'bin');
    await row('shop-one').getByRole('button', { name: 'Bring back shop-one' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('comes with it').waitFor();
    await look(page, 'bin-restore');
    await dialog.getByRole('button', { name: 'Bring back' }).click();
    await page.waitForURL(/\/activity\/op_/);
    await page.getByRole('heading', { name: 'Bring shop-one back' }).waitFor();
    await panel.open(page, `/containers/${id}`);
    await page.getByRole('heading', { name: 'shop-one' }).waitFor();
    await panel.open(page, '/bin');
    await row('shop-two').waitFor();
    expect(await row('shop-one').count()).toBe(0);
  }, 90_000);

  it('says what is in the way, and takes another name', async () => {
    const id = await deleted('shop-three');
    await deploy('shop-three');
    await panel.open(page, '/bin');
    await row('shop-three').getByRole('button', { name: 'Bring back shop-three' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Bring back' }).click();
    await dialog.getByRole('alert').waitFor();
    await look(page, 'bin-refused');
    await dialog.getByLabel('Name').fill('shop-three-again');
    await dialog.getByRole('button', { name: 'Bring back' }).click();
    await page.waitForURL(/\/activity\/op_/);
    await until('it runs again', async () => {
      const { items } = await panel.api<BinList>('GET', '/bin');
      return items.every((item) => item.id !== id);
    });
  }, 90_000);

  it('forgets for good only what was named', async () => {
    await panel.open(page, '/bin');
    await row('shop-two').getByRole('button', { name: 'Forget shop-two for good' }).click();
    const dialog = page.getByRole('dialog');
    const forget = dialog.getByRole('button', { name: 'Forget for good' });
    expect(await forget.isDisabled()).toBe(true);
    await dialog.getByLabel('Type shop-two').fill('shop-two');
    await forget.click();
    await page.getByText('The bin is empty').waitFor();
  }, 60_000);

  it('shows nobody what was never theirs', async () => {
    await deleted('secret-one');
    const theirs = await pageOf(panel, await addMember(panel, 'tania', 'Tania Sokolova'));
    await theirs.goto(`${panel.url}/bin`);
    await theirs.getByText('The bin is empty').waitFor();
    await theirs.context().close();
  }, 60_000);
});

describe('more than fits', () => {
  it('is all counted, and drawn near the window', async () => {
    const names = Array.from({ length: 64 }, (_, index) => `gone-${index}`);
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let name = names.shift(); name !== undefined; name = names.shift()) await deleted(name);
      }),
    );
    await panel.open(page, '/bin');
    await page.getByRole('searchbox').fill('gone-');
    const table = page.getByRole('table');
    await until('all are counted', async () => (await table.getAttribute('aria-rowcount')) === '65');
    expect(await table.locator('tbody tr[data-id]').count()).toBeLessThan(60);
    await look(page, 'bin-many');
    const last = table.locator('tr[aria-rowindex="65"]').getByRole('button', { name: /^Bring back/ });
    // What is drawn for the first time is measured then: the end moves.
    await until('the last one is drawn', async () => {
      await page.evaluate(() => window.scrollTo({ top: document.body.scrollHeight }));
      return last.isVisible();
    });
  }, 180_000);
});

it('looks as it should in both modes and on a phone', () => {
  expect(problems()).toEqual([]);
});
