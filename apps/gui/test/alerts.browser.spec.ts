import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AlertList, AlertRuleList, ContainerList } from '@bailiwick/contract';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { Panel, PASSWORD } from './panel.ts';

let panel: Panel;
let page: Page;
let hers: Page;
let label: string;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  await panel.api('POST', '/users', { username: 'tania', displayName: 'Tania', password: PASSWORD, platformRole: 'member' }); // prettier-ignore
  const { items } = await panel.api<AlertList>('GET', '/alerts');
  const [first] = items;
  if (!first) throw new Error('Nothing of the demo is in trouble.');
  label = first.label;
  page = await panel.page();
  hers = await panel.page({ signedIn: false });
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const alert = (on: Page) => on.locator('[data-slot=alert]', { hasText: label }).first();

describe('alerts', () => {
  it('ring in the top bar and are answered on their page', async () => {
    await page.goto(panel.url);
    const bell = page.locator('[data-slot=alerts-bell]');
    await page.getByRole('button', { name: /open alert/ }).waitFor();
    await bell.click();
    const drawer = page.getByRole('dialog', { name: 'Alerts' });
    await drawer.getByRole('list', { name: 'Newest alerts' }).waitFor();
    await look(page, 'alerts-bell');
    await drawer.getByRole('link', { name: 'All alerts' }).click();
    await page.waitForURL(/\/alerts$/);
    await alert(page).waitFor();
    await look(page, 'alerts-open');
    const before = Number(await bell.innerText());
    await alert(page).getByRole('button', { name: 'Acknowledge' }).click();
    await alert(page)
      .getByText(/sees to it/)
      .waitFor();
    await page
      .getByRole('button', { name: new RegExp(before === 1 ? 'No open alerts' : `^${before - 1} open`) })
      .waitFor();
    await alert(page).getByRole('button', { name: 'Silence' }).click();
    await page.getByRole('menuitem', { name: '1 hour' }).click();
    await alert(page)
      .getByText(/Silent until/)
      .waitFor();
    await alert(page)
      .getByRole('link', { name: new RegExp(label) })
      .click();
    await page.waitForURL(/\/alerts\/alr_/);
    await look(page, 'alerts-one');
  }, 120_000);

  it('show what matches a filter, and what there is where nothing does', async () => {
    await page.goto(`${panel.url}/alerts`);
    await page.getByLabel('Filter alerts').fill('no such thing');
    await page.getByText('No alert matches').waitFor();
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await alert(page).waitFor();
    await page.goto(`${panel.url}/alerts?tab=closed`);
    await page.getByRole('heading', { name: 'Nothing was ever wrong' }).waitFor();
    await look(page, 'alerts-closed');
  }, 120_000);

  it('are watched for by rules that staff turn on and off, each with its number', async () => {
    await page.goto(`${panel.url}/alerts`);
    await page.getByRole('link', { name: 'Rules', exact: true }).click();
    await page.waitForURL(/\/alerts\/rules$/);
    const disks = page.getByRole('region', { name: 'Disks of a host' });
    await disks.getByLabel('Percent or more').fill('0');
    await disks.getByRole('button', { name: 'Save' }).click();
    await disks.getByText('A whole number from 1 to 100.').waitFor();
    await look(page, 'alert-rules');
    await disks.getByLabel('Percent or more').fill('85');
    await disks.getByLabel('For so many minutes').fill('2.5');
    await disks.getByRole('button', { name: 'Save' }).click();
    await disks.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
    const certificate = page.getByRole('region', { name: 'Certificate' });
    await certificate.getByLabel('Fewer days left than').fill('0');
    await certificate.getByRole('button', { name: 'Save' }).click();
    await certificate.getByText('A whole number from 1 to 365.').waitFor();
    await certificate.getByLabel('Fewer days left than').fill('30');
    await certificate.getByRole('button', { name: 'Save' }).click();
    await certificate.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
    const files = page.getByRole('region', { name: 'Files of a container' });
    expect(await files.getByLabel('MiB or more').inputValue()).toBe('10240');
    const loops = page.getByRole('region', { name: 'Container keeps restarting' }).getByRole('checkbox');
    await loops.uncheck();
    await page.locator('[data-rule=container_restarting] input[type=checkbox]:enabled').waitFor();
    await page.reload();
    expect(await loops.isChecked()).toBe(false);
    expect(await disks.getByLabel('Percent or more').inputValue()).toBe('85');
    const { items } = await panel.api<AlertRuleList>('GET', '/settings/alert-rules');
    expect(items.find(({ rule }) => rule === 'host_disk')?.threshold).toEqual({ percent: 85, durationMs: 150_000 });
    expect(items.find(({ rule }) => rule === 'certificate')?.amount).toBe(30);
  }, 120_000);

  it('have a number of its own for one container, until the rule counts again', async () => {
    const { items } = await panel.api<ContainerList>('GET', '/containers');
    const id = items.find(({ state }) => state === 'running')?.id;
    await page.goto(`${panel.url}/containers/${id}/settings`);
    const memory = page.locator('form[data-rule=container_memory]');
    await memory.getByText('By the rule: 90 % or more for 10 minutes.').waitFor();
    await memory.getByLabel('Percent or more').fill('0');
    await memory.getByRole('button', { name: 'Save' }).click();
    await memory.getByText('A whole number from 1 to 100.').waitFor();
    await memory.getByLabel('Percent or more').fill('70');
    await memory.getByRole('button', { name: 'Save' }).click();
    await memory.getByText(/^Its own number, set by /).waitFor();
    await memory.scrollIntoViewIfNeeded();
    await look(page, 'own-thresholds');
    await page.reload();
    expect(await memory.getByLabel('Percent or more').inputValue()).toBe('70');
    await memory.getByRole('button', { name: 'By the rule again' }).click();
    await memory.getByText(/^Its own number/).waitFor({ state: 'detached' });
    expect(await memory.getByLabel('Percent or more').inputValue()).toBe('90');
  }, 120_000);

  it('of a container that ended by itself keep what it said last, on their page and on its own', async () => {
    const { items } = await panel.api<AlertList>('GET', '/alerts');
    const crash = items.find(({ rule }) => rule === 'container_stopped' || rule === 'container_oom');
    if (!crash) throw new Error('Nothing of the demo ended by itself.');
    await page.goto(`${panel.url}/alerts/${crash.id}`);
    const box = page.locator('[data-slot=black-box]');
    await box.first().waitFor();
    await box.getByRole('heading', { name: 'What it might use' }).waitFor();
    await box.getByRole('heading', { name: /^Its last / }).waitFor();
    await look(page, 'alert-black-box');
    await page.goto(`${panel.url}/containers/${crash.containerId}/activity`);
    await box.first().waitFor();
    await look(page, 'container-black-box');
  }, 120_000);

  it('are nobody else’s', async () => {
    const one = (await panel.api<AlertList>('GET', '/alerts')).items[0]?.id ?? '';
    await signIn(hers, 'tania');
    await hers.goto(`${panel.url}/alerts`);
    await hers.getByRole('heading', { name: 'Nothing needs you' }).waitFor();
    await look(hers, 'alerts-empty');
    await hers.goto(`${panel.url}/alerts/${one}`);
    await hers.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await hers.goto(`${panel.url}/alerts`);
    expect(await hers.getByRole('link', { name: 'Rules', exact: true }).count()).toBe(0);
    await hers.goto(`${panel.url}/alerts/rules`);
    await hers
      .getByText(/not allowed|may not|need/i)
      .first()
      .waitFor();
  }, 120_000);
});

it('has nothing to say against any of these pages', () => expect(problems()).toEqual([]));

async function signIn(on: Page, username: string): Promise<void> {
  await on.goto(`${panel.url}/login`);
  await on.getByLabel('User name').fill(username);
  await on.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await on.getByRole('button', { name: 'Sign in' }).click();
  await on.waitForURL(({ pathname }) => pathname !== '/login');
}
