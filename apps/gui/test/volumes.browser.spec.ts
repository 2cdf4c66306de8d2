import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Operation, Volume, VolumeList } from '@bailiwick/contract';
import type { Locator, Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, pageOf } from './member.ts';
import { Panel, until } from './panel.ts';

let panel: Panel;
let page: Page;

beforeAll(async () => {
  const presets = path.resolve(import.meta.dirname, '../../../presets');
  panel = await Panel.start({
    engine: 'fake',
    env: { BAILIWICK_PRESETS_DIR: presets, BAILIWICK_DEPLOY_STABLE_MS: '0' },
  });
  await panel.claim();
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const deployed = async (name: string) =>
  (await panel.done('POST', '/deployments', { preset: 'python', name })).target.containerId;
const volumes = async (): Promise<Volume[]> => (await panel.api<VolumeList>('GET', '/volumes')).items;
const row = (text: string): Locator => page.getByRole('row').filter({ hasText: text });

describe('what containers keep', () => {
  it('is nothing at first, and says where to begin', async () => {
    await panel.open(page, '/volumes');
    await page.getByText('No volumes yet').waitFor();
    await look(page, 'volumes-empty');
  }, 60_000);

  it('is listed with who uses it, and as kept when that is gone', async () => {
    const id = await deployed('cache-one');
    await deployed('cache-two');
    await panel.open(page, '/volumes');
    await row('cache-one').getByRole('link', { name: 'cache-one' }).waitFor();
    expect(
      await row('cache-one')
        .getByRole('button', { name: /^Delete the data/ })
        .isDisabled(),
    ).toBe(true);
    await panel.done('DELETE', `/containers/${id}`, { force: true });
    await panel.open(page, '/volumes?state=kept');
    await row('cache-one')
      .getByText(/^Kept since/)
      .waitFor();
    expect(await row('cache-two').count()).toBe(0);
    await row('cache-one')
      .getByRole('button', { name: /^Measure/ })
      .click();
    await row('cache-one').getByText('0 B').waitFor();
    await look(page, 'volumes');
    await page.getByRole('searchbox').fill('nothing like it');
    await page.getByText('No volume fits the filters').waitFor();
    await page.getByRole('button', { name: 'Clear filters (2)' }).first().click();
    await row('cache-two').waitFor();
  }, 90_000);

  it('is offered to the next deployment, which goes on with it', async () => {
    const [kept] = (await volumes()).filter(({ state }) => state === 'kept');
    await panel.open(page, '/deploy/python');
    await page.getByLabel('Name').fill('cache-three');
    const storage = page.getByRole('region', { name: 'Storage' });
    await storage.getByRole('combobox').selectOption(kept?.id ?? '');
    await look(page, 'deploy-storage');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByText('It goes on with kept data.').waitFor();
    await page.getByRole('button', { name: 'Deploy', exact: true }).click();
    await until('it goes on', async () =>
      (await volumes()).some(({ id, container }) => id === kept?.id && container?.name === 'cache-three'),
    );
  }, 90_000);

  it('goes with its container where that is chosen and its name is typed', async () => {
    await until('nothing is left to do', async () => {
      const { items } = await panel.api<{ items: Operation[] }>('GET', '/operations?state=active');
      return items.length === 0;
    });
    const [volume] = (await volumes()).filter(({ container }) => container?.name === 'cache-three');
    await panel.api('POST', `/containers/${volume?.container?.id}/stop`);
    await panel.open(page, `/containers/${volume?.container?.id}`);
    await page.getByRole('button', { name: 'More actions' }).first().click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete cache-three' });
    await dialog.getByRole('checkbox', { name: 'Delete the data too' }).check();
    const submit = dialog.getByRole('button', { name: 'Delete cache-three and its data' });
    expect(await submit.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('cache-thre');
    expect(await submit.isDisabled()).toBe(true);
    await look(page, 'container-delete-data');
    await dialog.getByRole('textbox').fill('cache-three');
    await submit.click();
    await until('both are gone', async () => !(await volumes()).some(({ id }) => id === volume?.id));
  }, 90_000);

  it('is deleted for ever by who types its name', async () => {
    const [volume] = await volumes();
    if (!volume?.container) throw new Error('There is none in use.');
    await panel.done('DELETE', `/containers/${volume.container.id}`, { force: true });
    await panel.open(page, '/volumes');
    await row('cache-two')
      .getByRole('button', { name: /^Delete the data/ })
      .click();
    const dialog = page.getByRole('dialog', { name: 'Delete this data' });
    const submit = dialog.getByRole('button', { name: 'Delete the data for ever' });
    expect(await submit.isDisabled()).toBe(true);
    await look(page, 'volume-delete');
    await dialog.getByRole('textbox').fill(volume.name);
    await submit.click();
    await page.getByText('No volumes yet').waitFor();
    expect(await volumes()).toEqual([]);
  }, 90_000);

  it('of others is not shown to members', async () => {
    await deployed('hidden');
    const tania = await addMember(panel, 'tania', 'Tania Sokolova');
    const hers = await pageOf(panel, tania);
    await hers.goto(`${panel.url}/volumes`);
    await hers.getByText('No volumes yet').waitFor();
    await hers.context().close();
  }, 60_000);
});

describe('more volumes than fit', () => {
  it('are all counted, drawn near the window, and reached by the keyboard and by scrolling', async () => {
    await Promise.all(
      Array.from({ length: 4 }, (_, lot) =>
        panel.done('POST', '/deployments', {
          image: 'busybox:local',
          name: `many-${lot}`,
          volumes: Array.from({ length: 20 }, (_each, place) => ({
            name: `lot${lot}-${place}`,
            target: `/v/${place}`,
          })),
          options: { command: ['sleep', '1000'] },
        }),
      ),
    );
    await panel.open(page, '/volumes?q=many-');
    const table = page.getByRole('table');
    await until('all are counted', async () => (await table.getAttribute('aria-rowcount')) === '81');
    expect(await table.locator('tbody tr[data-id]').count()).toBeLessThan(60);
    expect(await table.locator('thead tr').getAttribute('aria-rowindex')).toBe('1');
    await look(page, 'volumes-many');
    // What is drawn for the first time is measured then: the end moves.
    await until('the last one is drawn', async () => {
      await page.evaluate(() => window.scrollTo({ top: document.body.scrollHeight }));
      return table.locator('tr[aria-rowindex="81"]').isVisible();
    });
    expect(await page.getByRole('columnheader', { name: 'Size' }).isVisible()).toBe(true);
    await page.evaluate(() => window.scrollTo({ top: 0 }));
    await table
      .locator('tr[aria-rowindex="2"]')
      .getByRole('button', { name: /^Measure/ })
      .focus();
    // The rows after those that were drawn come into view one by one.
    for (let step = 0; step < 200; step += 1) await page.keyboard.press('Tab');
    const at = await page.evaluate(() => Number(document.activeElement?.closest('tr')?.getAttribute('aria-rowindex')));
    expect(at).toBeGreaterThan(60);
  }, 120_000);
});

it('looks as it should in both modes and on a phone', () => {
  expect(problems()).toEqual([]);
});
