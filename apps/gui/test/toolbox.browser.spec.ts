import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ContainerList } from '@bailiwick/contract';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { OWNER, Panel } from './panel.ts';

let panel: Panel;
let page: Page;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

async function idOf(name: string): Promise<string> {
  const { items } = await panel.api<ContainerList>('GET', '/containers');
  const found = items.find((each) => each.name === name);
  if (!found) throw new Error(`There is no ${name}.`);
  return found.id;
}

describe('how a container ended before', () => {
  it('says so in words, and who asked for it', async () => {
    const { items } = await panel.api<ContainerList>('GET', '/containers');
    const running = items.find(({ state }) => state === 'running');
    const id = await idOf(running?.name ?? '');
    await panel.open(page, `/containers/${id}`);
    const card = page.getByRole('region', { name: 'How it ended before' });
    await card.getByText('It has not ended since this panel looks after it.').waitFor();
    for (let run = 0; run < 6; run++) await panel.api('POST', `/containers/${id}/restart`, {});
    await panel.api('POST', `/containers/${id}/kill`, {});
    await card.getByText(`killed by ${OWNER.displayName}`).waitFor();
    expect(await card.getByText('Killed (137)').count()).toBeGreaterThan(0);
    expect(await card.getByRole('listitem').count()).toBe(5);
    await card.getByRole('button', { name: 'Show all 7' }).click();
    expect(await card.getByRole('listitem').count()).toBe(7);
    await look(page, 'ends');
    expect(problems()).toEqual([]);
  }, 90_000);
});
