import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Container, ContainerList } from '@bailiwick/contract';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, pageOf } from './member.ts';
import { Panel } from './panel.ts';

let panel: Panel;
let page: Page;
let running: Container;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  const { items } = await panel.api<ContainerList>('GET', '/containers');
  const found = items.find(({ state }) => state === 'running');
  if (!found) throw new Error('Nothing of the demo runs.');
  running = found;
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const card = () => page.getByRole('region', { name: 'What the engine said' });

describe('what the engine says', () => {
  it('comes to the page of its environment by itself, under the name of the container', async () => {
    await page.goto(`${panel.url}/environments/${running.environmentId}`);
    await card().waitFor();
    expect(await card().locator('[data-event="container.paused"]').count()).toBe(0);
    await panel.api('POST', `/containers/${running.id}/pause`);
    const paused = card().locator('[data-event="container.paused"]');
    await paused.waitFor({ timeout: 5000 });
    await paused.getByRole('link', { name: running.name }).waitFor();
    await look(page, 'engine-events-environment');
  }, 120_000);

  it('stands in the activity of its container, and of nothing else', async () => {
    await page.goto(`${panel.url}/containers/${running.id}/activity`);
    await card().locator('[data-event="container.paused"]').waitFor();
    await panel.api('POST', `/containers/${running.id}/unpause`);
    await card().locator('[data-event="container.unpaused"]').waitFor({ timeout: 5000 });
    await look(page, 'engine-events-activity');
    const { items } = await panel.api<ContainerList>('GET', '/containers');
    const quiet = items.find(({ id, state }) => id !== running.id && state === 'running');
    if (!quiet) throw new Error('Nothing else runs.');
    await page.goto(`${panel.url}/containers/${quiet.id}/activity`);
    await card().waitFor();
    expect(await card().locator('[data-event="container.paused"]').count()).toBe(0);
  }, 120_000);

  it('is nothing to who may see nothing', async () => {
    const hers = await pageOf(panel, await addMember(panel, 'tania', 'Tania'));
    await hers.goto(`${panel.url}/environments/${running.environmentId}`);
    await hers.getByRole('region', { name: 'What the engine said' }).waitFor();
    expect(await hers.locator('[data-event]').count()).toBe(0);
    await hers.context().close();
  }, 120_000);
});

it('has nothing to say against any of these pages', () => expect(problems()).toEqual([]));
