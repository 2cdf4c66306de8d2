import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AdviceList } from '@bailiwick/contract';
import { MIB } from '@bailiwick/contract';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { Panel } from './panel.ts';

let panel: Panel;
let page: Page;
let id: string;

/** As if a day had been measured. */
async function tellAdvice(on: Page): Promise<void> {
  const advice = (kind: 'memoryTooMuch' | 'cpusTooMany', limit: number, usual: number, proposed: number) => ({
    kind,
    limit,
    usual,
    most: usual,
    proposed,
    oomKills: 0,
  });
  const { environmentId } = await panel.api<{ environmentId: `env_${string}` }>('GET', `/containers/${id}`);
  const answer: AdviceList = {
    items: [
      {
        containerId: id as `ct_${string}`,
        name: 'tea-roomy',
        environmentId,
        measuredMs: 100 * 3_600_000,
        at: new Date().toISOString(),
        items: [advice('memoryTooMuch', 512 * MIB, 40 * MIB, 64 * MIB), advice('cpusTooMany', 2, 0.1, 0.15)],
        changeable: true,
        rights: { can: ['containers.settingsResources'], why: {} },
      },
    ],
  };
  await on.route('**/api/v1/advice*', (route) => route.fulfill({ json: answer }));
}

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake', env: { BAILIWICK_DEPLOY_STABLE_MS: '0' } });
  await panel.claim();
  const { target } = await panel.done('POST', '/deployments', { preset: 'tea-shop', name: 'tea-roomy' });
  id = target.containerId ?? '';
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

describe('limits that would fit better', () => {
  it('are not spoken of where nothing is known', async () => {
    await panel.open(page, `/containers/${id}/stats`);
    await page.getByRole('region', { name: 'Processor' }).waitFor();
    expect(await page.locator('[data-slot=advice]').count()).toBe(0);
  });

  it('stand on the first page and with the figures, and one click away is the change to be reviewed', async () => {
    await tellAdvice(page);
    await panel.open(page, '/');
    await page.getByText('never used more than 40 MiB').waitFor();
    await look(page, 'advice-home');
    await panel.open(page, `/containers/${id}/stats`);
    await page.getByText('64 MiB would do.').waitFor();
    await look(page, 'advice-stats');
    await page.getByRole('link', { name: /Plan the change/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Change tea-roomy' });
    await dialog.locator('[data-field="memoryBytes"]').getByText('64 MiB').waitFor();
    await look(page, 'advice-plan');
  }, 60_000);
});

it('has nothing to say against any of these pages', () => expect(problems()).toEqual([]));
