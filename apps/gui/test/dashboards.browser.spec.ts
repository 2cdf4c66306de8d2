import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, pageOf } from './member.ts';
import { Panel } from './panel.ts';

let panel: Panel;
let page: Page;
let address: string;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const kinds = (on: Page = page) =>
  on.locator('[data-widget]').evaluateAll((found) => found.map((one) => one.getAttribute('data-widget')));
const tools = (title: string) => page.getByRole('toolbar', { name: `Change ${title}` });
async function add(kind: string, choose: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  await page.getByRole('button', { name: 'Add a widget' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a widget' });
  await dialog.getByLabel('What it shows').selectOption({ label: kind });
  await choose();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

describe('a dashboard', () => {
  it('is put together: widgets are added, moved, resized and removed', async () => {
    await page.goto(`${panel.url}/dashboards`);
    await page.getByRole('heading', { name: 'No dashboard yet' }).waitFor();
    await look(page, 'dashboards-none');
    await page.getByRole('button', { name: 'New dashboard' }).click();
    const dialog = page.getByRole('dialog', { name: 'New dashboard' });
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByText('Between 1 and 60 characters.').waitFor();
    await dialog.getByLabel('Name').fill('Night watch');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.waitForURL(/\/dashboards\/da_[a-z2-7]{16}\?edit=1$/);
    address = page.url().split('?')[0] ?? '';
    await add('Needs attention');
    await add('What uses most');
    await add('Chart of a host');
    await add('Chart of a container', () => page.getByLabel('Container', { exact: false }).last().selectOption({ label: 'metrics-probe' })); // prettier-ignore
    await add('Containers', () => page.getByRole('checkbox', { name: 'metrics-probe' }).check());
    expect(await kinds()).toEqual(['attention', 'top', 'hostChart', 'containerChart', 'pinned']);
    await tools('Containers').getByRole('button', { name: 'Move earlier' }).click();
    await tools('Most processor').getByRole('button', { name: 'Wider' }).click();
    await tools('Needs attention').getByRole('button', { name: 'Remove' }).click();
    expect(await kinds()).toEqual(['top', 'hostChart', 'pinned', 'containerChart']);
    await page.locator('[data-widget="containerChart"] [data-slot="grip"]').dragTo(page.locator('[data-widget="top"]'));
    expect(await kinds()).toEqual(['containerChart', 'top', 'hostChart', 'pinned']);
    await look(page, 'dashboards-edit');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Edit' }).waitFor();
    await page.locator('[data-widget="containerChart"] [data-slot="chart"]').waitFor();
    await look(page, 'dashboards-one');
  }, 180_000);

  it('asks before what is not saved is lost, and keeps what was', async () => {
    await page.getByRole('button', { name: 'Edit' }).click();
    await tools('Most processor').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('link', { name: 'Containers', exact: true }).first().click();
    const asks = page.getByRole('dialog', { name: 'Leave without saving?' });
    await asks.getByRole('button', { name: 'Stay' }).click();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    expect(await kinds()).toEqual(['containerChart', 'top', 'hostChart', 'pinned']);
  }, 60_000);

  it('is the same in another browser of the same person', async () => {
    const another = await panel.page();
    await another.goto(address);
    await another.getByRole('heading', { level: 1, name: 'Night watch' }).waitFor();
    expect(await kinds(another)).toEqual(['containerChart', 'top', 'hostChart', 'pinned']);
    await another.context().close();
  }, 60_000);

  it('is read by others once it is shared, shows them what they may see, and is theirs to copy, not to change', async () => {
    const hers = await pageOf(panel, await addMember(panel, 'tania', 'Tania'));
    await hers.goto(address);
    await hers.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('checkbox', { name: /may read it/ }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Shared', { exact: true }).waitFor();
    await hers.goto(`${panel.url}/dashboards`);
    await hers.getByRole('link', { name: /Night watch/ }).click();
    await hers.waitForURL(address);
    await hers.locator('[data-widget="containerChart"]').getByText('You cannot see this').waitFor();
    expect(await hers.getByText('metrics-probe').count()).toBe(0);
    expect(await hers.getByRole('button', { name: 'Edit' }).count()).toBe(0);
    await look(hers, 'dashboards-shared');
    await hers.getByRole('button', { name: 'Keep a copy' }).click();
    await hers.waitForURL(/\?edit=1$/);
    expect(hers.url().startsWith(address)).toBe(false);
    await hers.context().close();
  }, 120_000);

  it('says that it was saved elsewhere instead of overwriting that', async () => {
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Name').fill('Mine');
    const other = await panel.page();
    await other.goto(`${address}?edit=1`);
    await other.getByLabel('Name').fill('Day watch');
    await other.getByRole('button', { name: 'Save' }).click();
    await other.getByRole('button', { name: 'Edit' }).waitFor();
    await other.context().close();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('This dashboard was saved elsewhere meanwhile.').waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Mine');
  }, 60_000);

  it('is deleted once that is confirmed', async () => {
    await page.goto(address);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog', { name: 'Delete Day watch?' }).getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL(/\/dashboards$/);
    await page.getByRole('heading', { name: 'No dashboard yet' }).waitFor();
    await page.goto(address);
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
  }, 60_000);
});

describe('the first page of staff', () => {
  it('has what they pinned, in every browser, until they take it away', async () => {
    await page.goto(`${panel.url}/containers`);
    await page.getByRole('link', { name: 'metrics-probe' }).first().click();
    await page.getByRole('button', { name: 'Pin to the first page' }).click();
    await page.getByRole('button', { name: 'Take from the first page' }).waitFor();
    const another = await panel.page();
    const pinned = another.getByRole('region', { name: 'Pinned' });
    await another.goto(panel.url);
    await pinned.getByRole('link', { name: 'metrics-probe' }).click();
    await another.getByRole('button', { name: 'Take from the first page' }).click();
    await another.getByRole('button', { name: 'Pin to the first page' }).waitFor();
    await page.goto(panel.url);
    await page.locator('[data-slot="attention"]').waitFor();
    expect(await page.locator('[data-slot="pinned"]').count()).toBe(0);
    await another.context().close();
  }, 60_000);

  it('draws how busy the host was', async () => {
    await page.goto(panel.url);
    const charts = page.locator('[data-slot="host-charts"] [data-slot="chart"]');
    await charts.nth(3).waitFor();
    expect(await charts.locator('h2').allInnerTexts()).toEqual(['Processor', 'Memory', 'Network', 'Disk']);
    await page.locator('[data-slot="host-charts"] canvas').first().waitFor();
    await look(page, 'home-host');
  }, 60_000);
});

it('has nothing to say against any of these pages', () => expect(problems()).toEqual([]));
