import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CatalogueEntry } from '@bailiwick/contract';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, pageOf } from './member.ts';
import { Panel, until } from './panel.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-presets-'));
let panel: Panel;
let page: Page;

const read = (name: string) => JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'));
const heading = (name: string) => page.getByRole('heading', { level: 1, name });

beforeAll(async () => {
  cpSync(path.join(import.meta.dirname, 'presets'), folder, { recursive: true });
  writeFileSync(
    path.join(folder, 'tea-site.json'),
    JSON.stringify({
      ...read('tea-shop'),
      name: 'tea-site',
      title: 'Site of tea',
      selfService: false,
      website: { type: 'static-web', label: 'Static files', containerPort: 8080, volume: 'pages' },
      config: { ...read('tea-shop').config, volumes: [{ name: 'pages', target: '/pages' }] },
    }),
  );
  writeFileSync(
    path.join(folder, 'tea-room-of-all.json'),
    JSON.stringify({ ...read('tea-shop'), name: 'tea-room-of-all', title: 'Room of all', selfService: true }),
  );
  panel = await Panel.start({ engine: 'fake', env: { BAILIWICK_PRESETS_DIR: folder } });
  await panel.claim();
  page = await panel.page();
}, 120_000);
afterAll(async () => {
  await panel.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

describe('the catalogue', () => {
  it('gains a preset that was filled in, with the form it makes beside it', async () => {
    await panel.open(page, '/catalogue');
    await page.getByRole('link', { name: 'New preset' }).click();
    await heading('New preset').waitFor();
    await page.getByLabel('Name').first().fill('tea-house');
    await page.getByLabel('Title').fill('Tea house');
    await page.getByLabel('Description').fill('A house of tea.');
    await page.getByLabel('Image').fill('busybox:local');
    await page.getByLabel('Processor cores').fill('0.5');
    await page.getByRole('button', { name: 'Add a question' }).click();
    const questions = page.getByRole('region', { name: 'Questions' });
    await questions.getByLabel('Name').fill('cup');
    await questions.getByLabel('Label').fill('Cup');
    await questions.getByLabel('Type').selectOption({ label: 'Size' });
    await questions.getByLabel('Default').fill('64m');
    const preview = page.getByRole('region', { name: 'How it is asked for' });
    await until('the preview asks it', async () => (await preview.getByLabel('Cup').inputValue()) === '64m');
    await page.getByLabel('Managed workspace').fill('/brew');
    await page.getByLabel('Files begin at').fill('/brew/public');
    await page.getByLabel('Processor weight').fill('512');
    await page.getByLabel('Disk beside volumes in GiB').fill('10');
    await page.getByLabel('It says how to find out whether it is well').check();
    await page.getByLabel('Command of the check').fill('test\n-d\n/data');
    await page.getByLabel('Seconds between checks').fill('30');
    await page.getByRole('button', { name: 'Add a quick action' }).click();
    const actions = page.getByRole('region', { name: 'Quick actions' });
    await actions.getByLabel('Label').fill('Who is there');
    await actions.getByLabel('Line').fill('list');
    await page.getByRole('button', { name: 'Add a log trigger' }).click();
    const triggers = page.getByRole('region', { name: 'Log triggers' });
    await triggers.getByLabel('Label').fill('Spilt');
    await triggers.getByLabel('Pattern').fill('spilt (tea|milk)');
    await triggers.getByLabel('Severity').selectOption({ label: 'Error' });
    await page.getByLabel('Says what user may do').check();
    await look(page, 'preset-new');
    await page.getByRole('button', { name: 'Save' }).click();
    await heading('Tea house').waitFor();
    await page.getByText('by Ada Lovelace').waitFor();
    await look(page, 'preset');
    expect(read('tea-house')).toMatchObject({
      questions: [{ name: 'cup', type: 'size', default: '64m' }],
      roles: { user: { allow_explorer: false } },
      quickActions: [{ label: 'Who is there', line: 'list' }],
      logTriggers: [{ label: 'Spilt', pattern: 'spilt (tea|milk)', severity: 'error' }],
      config: {
        cpus: 0.5,
        cpuShares: 512,
        diskBytes: 10 * 2 ** 30,
        workspace: '/brew',
        explorerRoot: '/brew/public',
        health: { command: ['test', '-d', '/data'], intervalMs: 30_000, retries: 3 },
      },
    });
  }, 120_000);

  it('asks where the workspace is where a preset has one, and beyond it only under the advanced part', async () => {
    await panel.open(page, '/deploy/tea-house');
    const storage = page.getByRole('region', { name: 'Storage' });
    const workspace = storage.getByLabel('Managed workspace');
    await until('it is the preset’s', async () => (await workspace.inputValue()) === '/brew');
    await look(page, 'deploy-workspace');
    await panel.open(page, '/deploy/tea-site');
    await page.getByRole('button', { name: 'Show all options' }).click();
    await page.getByText('Advanced').click();
    await page.getByLabel('Managed workspace').waitFor();
    expect(await storage.getByLabel('Managed workspace').count()).toBe(0);
  }, 60_000);

  it('shows where JSON is wrong, saves it when it is whole, and keeps what was there', async () => {
    await panel.open(page, '/catalogue/tea-house');
    await page.getByRole('link', { name: 'Edit' }).click();
    await heading('Edit Tea house').waitFor();
    await page.getByRole('button', { name: 'JSON' }).click();
    const json = page.getByLabel('The preset as JSON');
    const text = await json.inputValue();
    await json.fill('{');
    await page.getByText('This is not JSON').waitFor();
    await json.fill(text.replace('"Tea house"', '""'));
    await page.getByText('This cannot be saved yet').waitFor();
    await json.fill(text.replace('"Tea house"', '"House of tea"'));
    await page.getByRole('button', { name: 'Save' }).click();
    await heading('House of tea').waitFor();
    await page.getByText('Version 2').waitFor();
  }, 90_000);

  it('refuses a save onto what somebody else saved meanwhile', async () => {
    await panel.open(page, '/catalogue/tea-house/edit');
    const { preset, digest } = await panel.api<Extract<CatalogueEntry, { state: 'ready' }>>(
      'GET',
      '/presets/tea-house',
    );
    await panel.api('PUT', '/presets/tea-house', { preset: { ...preset, title: 'Theirs' }, version: digest });
    await page.getByLabel('Title').fill('Mine');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody saved this preset since you opened it.').waitFor();
    expect(read('tea-house').title).toBe('Theirs');
    await page.goto('about:blank');
  }, 60_000);

  it('says why a file is broken, and lets it be mended there', async () => {
    await panel.open(page, '/catalogue');
    const broken = page.getByRole('region', { name: 'Presets that cannot be read' });
    await broken.getByText('broken.json').waitFor();
    await broken.getByRole('link', { name: 'Mend' }).click();
    const json = page.getByLabel('The preset as JSON');
    expect(await json.inputValue()).toBe(readFileSync(path.join(folder, 'broken.json'), 'utf8'));
    await look(page, 'preset-broken');
    await json.fill(JSON.stringify({ ...read('doomed'), name: 'broken', title: 'Mended' }));
    await page.getByRole('button', { name: 'Save' }).click();
    await heading('Mended').waitFor();
  }, 90_000);

  it('reads a template from elsewhere, with what it does not understand, and saves it when that is said', async () => {
    await panel.open(page, '/catalogue');
    await page.getByRole('button', { name: 'Import' }).click();
    const template = { name: 'Redis', docker_image: 'redis:7-alpine', default_ports: { redis: 6379 }, version: '1.0' };
    await page.getByLabel('Or paste it').fill(JSON.stringify(template));
    await page.getByRole('button', { name: 'Read it' }).click();
    await page.getByText('Not understood, and left out: version').waitFor();
    expect(existsSync(path.join(folder, 'redis.json'))).toBe(false);
    await page.getByRole('button', { name: 'Save' }).click();
    await heading('Redis').waitFor();
    expect(read('redis').config.ports).toMatchObject([{ containerPort: 6379 }]);
  }, 60_000);

  it('keeps one that containers were made from, archived, until it is restored', async () => {
    await panel.api('POST', '/deployments', { preset: 'tea-shop', name: 'tea-kept' });
    await panel.open(page, '/catalogue/tea-shop');
    await page.getByRole('button', { name: 'Delete or archive' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('1 container was made from it.').waitFor();
    await page.getByRole('button', { name: 'Archive', exact: true }).click();
    await heading('Catalogue').waitFor();
    await page.getByText('Archived').first().waitFor();
    await panel.open(page, '/catalogue/tea-shop');
    await page.getByText('This preset is not offered any more.').waitFor();
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('link', { name: 'Deploy' }).first().waitFor();
    await until('it is offered', async () => !(await page.getByText('is not offered any more').isVisible()));
  }, 90_000);
});

describe('a deployment that was filled in', () => {
  it('is saved as a preset without a value of its variables, and deploys from the catalogue', async () => {
    await panel.open(page, '/deploy/image');
    await page.getByLabel('Image').fill('busybox:local');
    await page.getByLabel('Volumes').fill('data:/data');
    await page.getByRole('button', { name: 'Configure' }).click();
    await page.getByLabel('Name').first().fill('Kettle');
    await page.getByText('Advanced').click();
    await page.getByRole('textbox', { name: 'Command', exact: true }).fill('sleep\n600');
    await page.getByRole('textbox', { name: 'Environment' }).fill('DB_PASSWORD=told-in-confidence\nLOG_LEVEL=loud');
    await page.getByLabel('Processes at most').fill('99');
    await page.getByRole('textbox', { name: 'Labels' }).fill('team=tea');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Save as JSON' }).waitFor();
    await look(page, 'deploy-save-as');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as JSON' }).click();
    const file = readFileSync(await (await download).path(), 'utf8');
    expect(JSON.parse(file)).toMatchObject({ image: 'busybox:local' });
    expect(file).not.toContain('told-in-confidence');
    await page.getByRole('button', { name: 'Save as preset' }).click();
    await heading('New preset').waitFor();
    await page.getByText('A preset has no place for: Labels.').waitFor();
    await look(page, 'preset-of-deployment');
    await page.getByRole('button', { name: 'Save' }).click();
    await heading('Kettle').waitFor();
    expect(read('kettle')).toMatchObject({
      selfService: false,
      questions: [
        { name: 'dbPassword', type: 'secret' },
        { name: 'logLevel', type: 'text' },
      ],
      config: { volumes: [{ name: 'data', target: '/data' }], pids: 99, env: { DB_PASSWORD: '{{dbPassword}}' } },
    });
    expect(JSON.stringify(read('kettle'))).not.toContain('told-in-confidence');
    await panel.open(page, '/catalogue');
    await page.getByRole('link', { name: 'Kettle', exact: true }).first().waitFor();
    const deployed = await panel.done('POST', '/deployments', { preset: 'kettle', name: 'kettle-1', answers: { logLevel: 'low' } }); // prettier-ignore
    expect(deployed.state).toBe('done');
  }, 120_000);
});

describe('the short way to a website', () => {
  it('asks for little, and for everything on demand', async () => {
    await panel.open(page, '/deploy/tea-site');
    await page.getByRole('region', { name: 'Your website' }).waitFor();
    const door = page.getByRole('region', { name: 'Your website' });
    for (const field of ['name', 'kind', 'volumes.pages']) await door.locator(`[name="${field}"]`).waitFor();
    expect(await door.locator('input, select').count()).toBe(4);
    expect(await page.getByLabel('Greeting').count()).toBe(0);
    await look(page, 'deploy-website');
    await page.getByRole('button', { name: 'Show all options' }).click();
    await page.getByLabel('Greeting').waitFor();
  }, 60_000);
});

describe('a member', () => {
  it('sees why a preset is not theirs to deploy, and no way to change the catalogue', async () => {
    const hers = await pageOf(panel, await addMember(panel, 'mary', 'Mary Seacole'));
    await hers.goto(`${panel.url}/catalogue`);
    await hers.getByText('It is not for self-service').first().waitFor();
    expect(await hers.getByRole('link', { name: 'New preset' }).count()).toBe(0);
    await hers.goto(`${panel.url}/deploy/tea-site`);
    await hers.getByText('You cannot deploy this preset').waitFor();
    await hers.goto(`${panel.url}/catalogue/tea-site`);
    await hers.getByText('It is not for self-service').waitFor();
    expect(await hers.getByRole('link', { name: 'Edit' }).count()).toBe(0);
    await look(hers, 'preset-member');
    await hers.goto(`${panel.url}/deploy/tea-room-of-all`);
    await hers.getByText('Advanced').click();
    await hers.getByLabel('Files begin at').waitFor();
    expect(await hers.getByLabel('Managed workspace').count()).toBe(0);
    await hers.getByRole('button', { name: 'Review' }).click();
    await hers.getByRole('button', { name: 'Save as JSON' }).waitFor();
    expect(await hers.getByRole('button', { name: 'Save as preset' }).count()).toBe(0);
  }, 60_000);
});

describe('a preset that says something else than it did', () => {
  it('is offered to what was deployed from it, field by field, and leaves what was decided there', async () => {
    const write = (config: object) =>
      writeFileSync(
        path.join(folder, 'tea-room.json'),
        JSON.stringify({
          ...read('tea-shop'),
          name: 'tea-room',
          title: 'Tea room',
          config: { ...read('tea-shop').config, ...config },
        }),
      );
    write({ pids: 64 });
    const { target } = await panel.done('POST', '/deployments', {
      preset: 'tea-room',
      name: 'room',
      options: { pids: 77 },
    });
    const id = target.containerId;
    await panel.open(page, `/containers/${id}/settings`);
    const banner = page.locator('[data-slot="preset-update"]');
    await page.getByRole('region', { name: 'Resources' }).waitFor();
    expect(await banner.count()).toBe(0);
    write({ pids: 99, memoryBytes: 64 * 1024 ** 2 });
    await page.reload();
    await banner.getByText('The preset Tea room changed').waitFor();
    await look(page, 'preset-offered');
    await banner.getByRole('button', { name: 'Look at what is different' }).click();
    const review = page.getByRole('dialog', { name: 'Change room' });
    await review.locator('[data-field="memoryBytes"]').getByText('64 MiB').waitFor();
    expect(await review.locator('[data-field="pids"]').count()).toBe(0);
    await look(page, 'preset-review');
    await review.getByRole('button', { name: 'Apply' }).click();
    await page.locator('[data-version="2"]').getByText('Brought to the newer preset by').waitFor();
    await until('nothing is offered', async () => (await banner.count()) === 0);
  }, 120_000);
});

it('looks as it should in both modes and on a phone', () => {
  expect(problems()).toEqual([]);
});
