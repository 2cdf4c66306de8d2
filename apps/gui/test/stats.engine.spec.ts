import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { engine, makeContainer, runInside } from './engine-api.ts';
import { look, problems } from './look.ts';
import { addMember, give, pageOf } from './member.ts';
import { Panel, until } from './panel.ts';

let panel: Panel;
let page: Page;
let id: string;
let engineId: string;

beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  const name = `stats-${panel.label.slice(-6)}`;
  engineId = await makeContainer(name, panel.label);
  id = await panel.idOf(name);
  page = await panel.page();
}, 120_000);
afterAll(async () => {
  await panel.stop();
}, 60_000);

const chart = (title: string, on: Page = page) => on.getByRole('region', { name: title, exact: true });
const value = async (title: string, measure: string) =>
  Number.parseFloat((await chart(title).locator(`[data-measure="${measure}"]`).innerText()).replace(/^\D+/, ''));
/** The most that the table of the chart knows of. */
const restartsShown = async () => {
  const table = chart('Restarts').getByRole('table');
  if ((await table.count()) === 0) await chart('Restarts').getByRole('button', { name: /Table/ }).click();
  const counts = await table.locator('tbody td:last-child').allInnerTexts();
  return Math.max(0, ...counts.map(Number));
};
describe('what the host uses', () => {
  it('is on the first page of staff, with what there is', async () => {
    await panel.open(page, '/');
    for (const name of ['Processor', 'Memory']) await page.getByRole('meter', { name }).waitFor({ timeout: 20_000 });
    expect(await page.getByRole('meter', { name: 'Memory' }).getAttribute('aria-valuetext')).toMatch(/ of [\d.]+ GiB$/);
    await look(page, 'home-host');
  });

  it('is drawn on a page of its own, one click away', async () => {
    await page.getByRole('link', { name: /This machine/ }).click();
    await page.getByRole('heading', { level: 1, name: 'This machine' }).waitFor();
    for (const title of ['Processor', 'Memory', 'Network', 'Disk']) await chart(title).locator('canvas').waitFor();
    await look(page, 'environment');
  });
});

describe('what a container uses', () => {
  it('is drawn from the first seconds on', async () => {
    await panel.open(page, `/containers/${id}/stats`);
    for (const title of ['Processor', 'Memory', 'Network', 'Disk', 'Processes', 'Restarts'])
      await chart(title).locator('canvas').waitFor({ timeout: 30_000 });
    expect(await value('Processor', 'cpus')).toBeLessThan(0.5);
    expect(await value('Processes', 'processes')).toBeGreaterThan(0);
  });

  it('climbs within five seconds of what happens in it (stress)', async () => {
    await runInside(engineId, ['timeout', '20', 'sh', '-c', 'while :; do :; done']);
    const startedAt = performance.now();
    await until('the processor is shown in use', async () => (await value('Processor', 'cpus')) > 0.3);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  it('stands in the list of all containers as well', async () => {
    await panel.open(page, '/containers');
    const row = page.locator(`[data-slot="container-row"][data-id="${id}"]`);
    await until('its memory is said', async () =>
      /%\s*Memory [\d.]+ [KM]iB/.test((await row.locator('[data-slot="usage"]').textContent()) ?? ''),
    );
    await look(page, 'list-with-usage');
    await panel.open(page, `/containers/${id}/stats`);
  });

  it('can be looked at from further away, each with an address of its own', async () => {
    await page.getByRole('link', { name: '24 hours' }).click();
    await page.waitForURL(/range=24h/);
    await chart('Memory').locator('canvas').waitFor();
    await page.reload();
    await page
      .getByRole('link', { name: '24 hours', exact: true })
      .and(page.locator('[aria-current="page"]'))
      .waitFor();
    await page.goBack();
    await page.waitForURL((url) => !url.search.includes('24h'));
  });

  it('is said along the arrow keys, and stands in a table', async () => {
    await panel.open(page, `/containers/${id}/stats?range=5m`);
    const picture = chart('Memory').getByRole('img');
    await picture.focus();
    for (let n = 0; n < 3; n += 1) await page.keyboard.press('ArrowLeft');
    await until('a moment is said', async () => /In use [\d.]+ [KMG]iB/.test((await chart('Memory').innerText()).replaceAll('\n', ' '))); // prettier-ignore
    await chart('Memory').getByRole('button', { name: /Table/ }).click();
    await chart('Memory').getByRole('columnheader', { name: 'Cache' }).waitFor();
    expect(await chart('Memory').locator('tbody tr').count()).toBeGreaterThan(0);
    await look(page, 'stats');
  });

  it('stays to be seen when it stops, and says that it does not run', async () => {
    await engine('POST', `/containers/${engineId}/stop`);
    await panel.open(page, `/containers/${id}/stats`);
    await page.getByText('It does not run: what it used before is shown.').waitFor();
    await chart('Processor').locator('canvas').waitFor();
    await engine('POST', `/containers/${engineId}/start`);
  });

  it('is marked where it ended and began again, and says how often', async () => {
    await until('the restart is known', async () => {
      await panel.open(page, `/containers/${id}/stats?range=5m`);
      return (await page.locator('[data-slot=restarts]').innerText()) === 'It restarted once in this time.';
    });
    await page.getByText(/^What happened in this time/).click();
    await page
      .getByText(/^Ended (well|by itself)/)
      .last()
      .waitFor();
    const picture = chart('Memory').getByRole('img');
    await picture.focus();
    await until('the end is told along the arrow keys', async () => {
      await page.keyboard.press('ArrowLeft');
      return /Ended (well|by itself)/.test(await chart('Memory').innerText());
    });
    await until('the restart is drawn', async () => (await restartsShown()) === 1);
    await look(page, 'stats-marks');
  });

  it('is looked at closely by keys and by dragging, and shown whole again', async () => {
    await panel.open(page, `/containers/${id}/stats?range=1h`);
    const picture = chart('Memory').getByRole('img');
    await chart('Memory').locator('canvas').waitFor();
    const all = (title: string) => chart(title).getByRole('button', { name: 'Show all' });
    await picture.focus();
    await page.keyboard.press('+');
    for (const title of ['Memory', 'Processor']) await all(title).waitFor();
    await look(page, 'stats-zoomed');
    await picture.focus();
    await page.keyboard.press('Escape');
    await all('Processor').waitFor({ state: 'detached' });
    await picture.scrollIntoViewIfNeeded();
    const box = await picture.boundingBox();
    if (!box) throw new Error('The chart has no place.');
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
    await all('Memory').click();
    await all('Memory').waitFor({ state: 'detached' });
  });

  it('marks the charts of its host with what was done there', async () => {
    const name = `gone-${panel.label.slice(-6)}`;
    await makeContainer(name, panel.label);
    await panel.done('DELETE', `/containers/${await panel.idOf(name)}`, { force: true });
    await panel.open(page, '/environments');
    await page.getByRole('link', { name: /This machine/ }).first().click(); // prettier-ignore
    await page.getByText(/^What happened in this time/).click();
    await page.getByText(`Delete ${name}`).waitFor();
    await look(page, 'environment-marks');
  });

  it('is no page of whoever may not see it', async () => {
    const who = await addMember(panel, 'onlooker', 'On Looker');
    const theirs = await pageOf(panel, who);
    await theirs.goto(`${panel.url}/containers/${id}/stats`);
    await theirs.getByText('This container is gone').waitFor();
    expect(await theirs.locator('canvas').count()).toBe(0);
    await give(panel, { kind: 'user', id: who.id }, { kind: 'container', id }, 'observer');
    await theirs.goto(`${panel.url}/containers/${id}/stats`);
    await theirs.locator('canvas').first().waitFor();
  });

  it('has nothing a person could not reach, read or fit on a phone', () => {
    expect(problems()).toEqual([]);
  });
});
