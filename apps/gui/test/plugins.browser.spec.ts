import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PluginList } from '@bailiwick/contract';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, pageOf } from './member.ts';
import { Panel } from './panel.ts';
import { putPlugin } from './plugins.ts';

const settings = {
  type: 'object',
  required: ['url'],
  properties: {
    url: { type: 'string', format: 'uri', title: 'Address', description: 'Where to tell of it.' },
    retries: { type: 'integer', title: 'Tries', minimum: 1, maximum: 9, default: 3 },
    strict: { type: 'boolean', title: 'Strict', description: 'Whether a wrong answer counts as a failure.' },
    level: { type: 'string', title: 'Level', enum: ['low', 'high'] },
    hosts: { type: 'array', title: 'Hosts', items: { type: 'string' } },
    secret: { type: 'string', title: 'Secret', writeOnly: true },
    tags: { type: 'object', title: 'Tags', additionalProperties: { type: 'string' } },
    proxy: {
      type: 'object',
      title: 'Proxy',
      description: 'For a network that has one.',
      properties: { host: { type: 'string', title: 'Host' }, port: { type: 'integer', title: 'Port' } },
    },
  },
};
const manifest = {
  version: '1.2.0',
  description: 'Tells an address of what happens to containers.',
  scopes: ['events.read', 'users.write', 'containers.read'],
  network: true,
  settings,
};
let panel: Panel;
let page: Page;

beforeAll(async () => {
  panel = await Panel.start({
    engine: 'fake',
    env: { BAILIWICK_PLUGIN_SANDBOX: process.env['BWRAP_PATH'] ?? 'bwrap' },
  });
  await panel.claim();
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const lookForPlugins = () => page.getByRole('button', { name: 'Look for plugins' }).click();
const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
const dialog = () => page.getByRole('dialog');
const status = (word: string) => page.locator('header [data-status]').getByText(word, { exact: true });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const open = async (name: string) => {
  await panel.open(page, '/plugins');
  await row(name).getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
};

describe('plugins', () => {
  it('begin with a page that says where to put one', async () => {
    await panel.open(page, '/');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Plugins' }).click();
    await page.getByText('No plugin is installed').waitFor();
    await page.getByText('storage/plugins/installed/').waitFor();
    await look(page, 'plugins-empty');
    await lookForPlugins();
    await page.getByText('There is no plugin in the folder.').waitFor();
  }, 120_000);

  it('are found in the folder, and say what each waits for', async () => {
    putPlugin(panel, 'teller', { manifest, behaviour: { beginsAfter: 1 } });
    putPlugin(panel, 'quitter', { behaviour: { then: ['exit'] } });
    const broken = putPlugin(panel, 'scribble', {});
    writeFileSync(path.join(broken, 'plugin.json'), '{"api_version": ');
    await lookForPlugins();
    await page.getByText('New: quitter, scribble, teller.').waitFor();
    await row('teller').getByText('Not agreed to').waitFor();
    await row('teller').getByRole('link', { name: 'Review and agree' }).waitFor();
    await row('scribble').getByText(/plugin.json is no JSON/).waitFor(); // prettier-ignore
    await page.getByText('New: quitter').waitFor({ state: 'detached', timeout: 30_000 });
    await look(page, 'plugins-found');
    await page.keyboard.press('/');
    await page.keyboard.type('nothing like it');
    await page.getByText('No plugin matches the filter').waitFor();
    await look(page, 'plugins-filtered');
    await page.getByRole('button', { name: 'Clear the filter' }).first().click();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('scribble');
  }, 120_000);

  it('are given less than they ask for, after it is said what changes, and start', async () => {
    await row('teller').getByRole('link', { name: 'Review and agree' }).click();
    await page.getByText('Nobody has agreed to what it asks for').waitFor();
    await look(page, 'plugin-unapproved');
    await button('Review and agree').first().click();
    await dialog().getByRole('heading', { name: 'What teller may do' }).waitFor();
    await dialog().getByLabel('Create and change people').uncheck();
    await dialog().getByLabel('Reach other machines').uncheck();
    await dialog().getByText('From now on it may: Read containers, Hear events.').waitFor();
    await look(page, 'plugin-consent');
    await button('Agree and start').click();
    await status('Starting').waitFor();
    await status('Healthy').waitFor();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('It asks for more than was agreed to').waitFor();
    await page.getByRole('log').getByText(/^up as/).waitFor(); // prettier-ignore
    await look(page, 'plugin-healthy');
  }, 120_000);

  it('are given more, or only some tenants, by the same form', async () => {
    await button('Change').click();
    await dialog().getByLabel('Create and change people').check();
    await dialog().getByLabel('Reach other machines').check();
    await dialog().getByLabel('Only these').check();
    await dialog().getByText('Choose a tenant at least.').waitFor();
    await dialog().locator('fieldset').last().getByRole('checkbox').first().check();
    await dialog().getByText('It sees fewer tenants than before.').waitFor();
    await dialog().getByText('From now on it may: Create and change people, Reach other machines.').waitFor();
    await look(page, 'plugin-consent-more');
    await button('Agree and start').click();
    await page.getByText('It asks for more than was agreed to').waitFor({ state: 'detached' });
    await page.getByText(/This goes for one tenant/).waitFor();
    await status('Healthy').waitFor();
  }, 120_000);

  it('are asked how they are, stopped, and started again', async () => {
    await button('Check now').click();
    await page.getByText(/^Healthy, after/).waitFor();
    await button('Stop').click();
    await status('Stopped').waitFor();
    await look(page, 'plugin-stopped');
    await button('Start').click();
    await status('Healthy').waitFor();
    await button('Restart').click();
    await page.getByText('It is started anew').waitFor();
  }, 120_000);

  it('are set by a form of their schema: wrong values say so at their fields, a secret is never shown', async () => {
    const card = page.getByRole('region', { name: 'Settings' });
    await card.getByLabel(/^Address/).fill('nowhere');
    await card.getByLabel('Tries').fill('12');
    await card.getByLabel('Tags').fill('{');
    await card.getByRole('button', { name: 'Save and start anew' }).click();
    await card.getByText('This is no JSON.').waitFor();
    await card.getByLabel('Tags').fill('{"team": "web"}');
    await card.getByRole('button', { name: 'Save and start anew' }).click();
    await card.getByText('This takes at most 9.').waitFor();
    await card.getByText('This takes an address such as https://example.org.').waitFor();
    await look(page, 'plugin-settings-wrong');
    await card.getByLabel(/^Address/).fill('https://hook.example.test/in');
    await card.getByLabel('Tries').fill('5');
    await card.getByLabel('Strict').check();
    await card.getByLabel('Level').selectOption('high');
    await card.getByLabel('Hosts').fill('a.example.test\nb.example.test');
    await card.getByLabel('Secret').fill('hush hush');
    await card.getByLabel('Host', { exact: true }).fill('proxy.example.test');
    await card.getByRole('button', { name: 'Save and start anew' }).click();
    await page.getByText('Saved, and started anew').waitFor();
    await card.getByText('It is kept and never shown; left empty it stays.').waitFor();
    expect(await card.getByLabel('Hosts').inputValue()).toBe('a.example.test\nb.example.test');
    expect(await page.content()).not.toContain('hush hush');
    const kept = (await panel.api<PluginList>('GET', '/plugins')).items.find(({ name }) => name === 'teller')?.settings;
    expect(kept).toMatchObject({ retries: 5, secret: null, tags: { team: 'web' }, proxy: { host: 'proxy.example.test' } }); // prettier-ignore
    await look(page, 'plugin-settings');
  }, 120_000);

  it('that crash are started again and then disabled, and say why', async () => {
    await open('quitter');
    await button('Review and agree').first().click();
    await button('Agree and start').click();
    await page.getByText('Its process ended by itself').waitFor();
    await dialog().waitFor({ state: 'detached' });
    await look(page, 'plugin-crashed');
    await status('Disabled').waitFor({ timeout: 30_000 });
    await page.getByText('It failed too often and was disabled').waitFor();
    await look(page, 'plugin-disabled');
  }, 120_000);

  it('that cannot be read say what is wrong with them', async () => {
    await open('scribble');
    await page.getByText('This plugin cannot be read, so it does not run').waitFor();
    await look(page, 'plugin-broken');
    await lookForPlugins();
    await page.getByText('Nothing new: there are 3 plugins, as before.').waitFor();
    await panel.open(page, '/plugins');
    await look(page, 'plugins-all');
  }, 120_000);

  it('whose folder is gone are no more', async () => {
    await open('scribble');
    rmSync(path.join(panel.storage, 'plugins/installed/scribble'), { recursive: true });
    await panel.api('POST', '/plugins/rescan');
    await page.getByText('There is no such plugin').waitFor();
    await look(page, 'plugin-gone');
  }, 120_000);

  it('do what they can: asked first, each on a page of its own', async () => {
    const form = { type: 'object', required: ['place'], properties: { place: { type: 'string', title: 'Place', minLength: 2 } } }; // prettier-ignore
    putPlugin(panel, 'worker', {
      manifest: { provides: ['users', 'actions'], scopes: ['users.read', 'users.write'] },
      behaviour: { actions: { count: form, clean: {} }, pages: [[[[1, 'bea'], [2, 'default']], [[1, 'Not A Name'], [2, 'default']]]] }, // prettier-ignore
    });
    await panel.open(page, '/plugins');
    await lookForPlugins();
    await open('worker');
    await button('Review and agree').first().click();
    await button('Agree and start').click();
    await status('Healthy').waitFor();
    const card = page.getByRole('region', { name: 'What it can do' });
    await card.getByRole('button', { name: 'Do it: Count' }).click();
    await button('Do it').click();
    await dialog().getByText(/at least 2|needed|characters/i).first().waitFor(); // prettier-ignore
    await look(page, 'plugin-action');
    await dialog()
      .getByLabel(/^Place/)
      .fill('here');
    await button('Do it').click();
    await page.waitForURL(/\/activity\/op_/);
    await page.getByRole('heading', { level: 1, name: 'worker: Count' }).waitFor();
    await page.locator('[data-slot="operation"][data-state="done"]').waitFor();
    await page.getByText('step 2').waitFor();
    await look(page, 'plugin-acted');
    await open('worker');
    await look(page, 'plugin-work');
    await card.getByRole('button', { name: 'See whom it would bring' }).click();
    await page.getByText(/^Nothing was written: 1 person would be added/).waitFor(); // prettier-ignore
    await page.getByText('1 is refused').waitFor();
    await look(page, 'plugin-people-dry');
    await open('worker');
    await card.getByRole('button', { name: 'Bring them' }).click();
    await dialog().getByRole('button', { name: 'Bring them' }).click();
    await page.getByText(/^1 person added/).waitFor();
  }, 120_000);

  it('are no page of who does not see them', async () => {
    const [one] = (await panel.api<PluginList>('GET', '/plugins')).items;
    const hers = await pageOf(panel, await addMember(panel, 'tania', 'Tania Sokolova'));
    expect(await hers.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Plugins' }).count()).toBe(0);
    for (const address of ['/plugins', `/plugins/${one?.id ?? ''}`]) {
      await hers.goto(`${panel.url}${address}`);
      await hers.getByText('See plugins').first().waitFor();
      expect(await hers.getByText(one?.name ?? '', { exact: true }).count()).toBe(0);
    }
    await look(hers, 'plugins-refused');
  }, 120_000);
});

it('has nothing to say against any of these pages', () => expect(problems()).toEqual([]));
