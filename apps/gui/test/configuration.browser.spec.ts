import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Capability, Container, ContainerConfiguration, ContainerDetail, ContainerSettings } from '@bailiwick/contract'; // prettier-ignore
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, type Member, pageOf } from './member.ts';
import { Panel, until } from './panel.ts';

const MIB = 1024 * 1024;
let panel: Panel;
let page: Page;
let count = 0;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake', env: { BAILIWICK_DEPLOY_STABLE_MS: '0' } });
  await panel.claim();
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const settled = (id: string) => until('nothing is done to it', async () => (await detailOf(id)).operationId === null);
const detailOf = (id: string) => panel.api<ContainerDetail>('GET', `/containers/${id}`);
const configurationOf = (id: string) => panel.api<ContainerConfiguration>('GET', `/containers/${id}/configuration`);
async function deployed(): Promise<{ id: string; name: string }> {
  const name = `tea-${++count}`;
  const { target } = await panel.done('POST', '/deployments', { preset: 'tea-shop', name });
  const id = target.containerId ?? '';
  await settled(id);
  return { id, name };
}
const openSettings = (id: string, on = page) => panel.open(on, `/containers/${id}/settings`);
const tab = (on: Page, name: string) => on.locator('[data-slot="tabs"]').getByRole('link', { name, exact: true });
const bar = () => page.getByRole('region', { name: 'Unsaved changes' });
const dialog = (name: string) => page.getByRole('dialog', { name });
const change = (field: string) =>
  page.locator(`[data-slot="dialog"] [data-slot="field-change"][data-field="${field}"]`);
const ended = (state: string) => page.locator(`[data-slot="operation-card"][data-state="${state}"]`).waitFor();
async function memberOn(id: string, username: string, ...allow: Capability[]): Promise<Member> {
  const member = await addMember(panel, username, `${username} Member`);
  const changes = [
    {
      op: 'grant',
      principal: { kind: 'user', id: member.id },
      target: { kind: 'container', id },
      role: 'observer',
      allow,
      deny: [],
      expiresAt: null,
      version: 0,
    },
  ];
  await panel.api('POST', '/access/changes', { changes });
  return member;
}

describe('the settings of a container', () => {
  it('change its memory while it runs on', async () => {
    const { id, name } = await deployed();
    const before = await detailOf(id);
    await panel.open(page, `/containers/${id}`);
    await tab(page, 'Settings').click();
    const memory = page.locator('[data-field="memoryMib"]');
    expect(await memory.getByRole('textbox').inputValue()).toBe('32');
    await memory.getByRole('textbox').fill('5');
    await bar().getByRole('button', { name: 'Review and apply' }).click();
    await memory.getByText('Use at least 6.').waitFor();
    await memory.getByRole('textbox').fill('64');
    await memory.getByText('live', { exact: true }).waitFor();
    await memory.getByText('Now: 32').waitFor();
    await look(page, 'settings-changed');
    await bar().getByRole('button', { name: 'Review and apply' }).click();
    await change('memoryBytes').getByText('64 MiB').waitFor();
    await dialog(`Change ${name}`).getByText('It runs on while it is changed.').waitFor();
    await look(page, 'settings-review');
    await dialog(`Change ${name}`).getByRole('button', { name: 'Apply' }).click();
    await ended('done');
    const after = await detailOf(id);
    expect(after).toMatchObject({ engineId: before.engineId, limits: { memoryBytes: 64 * MIB } });
    expect(after.startedAt).toBe(before.startedAt);
    await until('the page has followed', async () => (await memory.getByText('Now: 32').count()) === 0);
    expect(await memory.getByRole('textbox').inputValue()).toBe('64');
    await page.locator('[data-version="2"]').getByText('in use').waitFor();
  }, 120_000);

  it('show the value of a variable to who proves who they are, until it is hidden again', async () => {
    const { id } = await deployed();
    await openSettings(id);
    const environment = page.getByRole('region', { name: 'Environment' });
    await environment.getByRole('button', { name: 'Show the value of GREETING' }).click();
    const value = environment.getByLabel('Value of GREETING', { exact: true });
    await value.waitFor();
    expect((await value.textContent())?.length).toBeGreaterThan(0);
    await look(page, 'settings-revealed');
    await environment.getByRole('button', { name: 'Hide the value of GREETING' }).click();
    await until('it is hidden', async () => (await value.count()) === 0);
    const trail = await panel.api<{ items: Array<{ details: unknown }> }>('GET', `/audit?target=${id}&action=containers.reveal`); // prettier-ignore
    expect(trail.items.map(({ details }) => details)).toEqual([{ name: 'GREETING' }]);
  }, 90_000);

  it('set a variable by making it anew: it keeps its address, and no value is ever shown', async () => {
    const { id, name } = await deployed();
    const before = await detailOf(id);
    await openSettings(id);
    const environment = page.getByRole('region', { name: 'Environment' });
    await environment.getByRole('button', { name: 'Set GREETING anew' }).click();
    await environment.getByLabel('New value of GREETING').fill('topsecret');
    await environment.getByText('recreate', { exact: true }).waitFor();
    await bar().getByRole('button', { name: 'Save for later' }).click();
    await page.locator('[data-slot="waiting"]').getByText('1 change waits').waitFor();
    expect(await detailOf(id)).toMatchObject({ engineId: before.engineId });
    await page.reload();
    const waiting = page.locator('[data-slot="waiting"]');
    await waiting.getByText('Ada Lovelace').waitFor();
    expect(await page.content()).not.toContain('topsecret');
    await look(page, 'settings-waiting');
    // What was saved stays where more is saved: nobody has to type the value again.
    await page.locator('[data-field="pids"]').getByRole('textbox').fill('99');
    await bar().getByRole('button', { name: 'Save for later' }).click();
    await waiting.getByText('2 changes wait').waitFor();
    await waiting.getByRole('button', { name: 'Review and apply' }).click();
    await change('env').getByText('Set anew: GREETING').waitFor();
    await dialog(`Change ${name}`).getByText('the old one is stopped, not removed').waitFor();
    await look(page, 'settings-review-anew');
    await dialog(`Change ${name}`).getByRole('button', { name: 'Apply' }).click();
    await ended('done');
    const after = await detailOf(id);
    expect(after.engineId).not.toBe(before.engineId);
    expect(after).toMatchObject({ id, name, state: 'running', ports: before.ports, limits: { pids: 99 } });
    await until('nothing waits', async () => (await waiting.count()) === 0);
    expect((await configurationOf(id)).saved).toBeNull();
  }, 120_000);

  it('say why a change failed, and the container is as it was', async () => {
    const { id, name } = await deployed();
    const before = await detailOf(id);
    await openSettings(id);
    await page.locator('[data-field="command"]').getByRole('textbox').fill('sh\n-c\nexit 3');
    await bar().getByRole('button', { name: 'Review and apply' }).click();
    await dialog(`Change ${name}`).getByRole('button', { name: 'Apply' }).click();
    await ended('failed');
    await page.getByText('The container is as it was before. What was saved waits on.').waitFor();
    await page.locator('[data-slot="waiting"]').getByText('1 change waits').waitFor();
    await look(page, 'settings-failed');
    expect(await detailOf(id)).toMatchObject({ engineId: before.engineId, state: 'running', command: before.command });
    await page.locator('[data-slot="waiting"]').getByRole('button', { name: 'Discard' }).click();
    await dialog('Discard 1 saved change').getByRole('button', { name: 'Discard what is saved' }).click();
    await until('it is discarded', async () => (await configurationOf(id)).saved === null);
  }, 120_000);

  it('are gone back to, and are asked about before they are left', async () => {
    const { id } = await deployed();
    await panel.api('PUT', `/containers/${id}/configuration`, { change: { pids: 64 } });
    await panel.api('POST', `/containers/${id}/configuration/apply`, {});
    await settled(id);
    await openSettings(id);
    await page.getByRole('button', { name: 'Go back to configuration 1' }).click();
    const review = dialog('Go back to configuration 1');
    await review.getByText('Processes at most').waitFor();
    await look(page, 'settings-back');
    await review.getByRole('button', { name: 'Go back to this' }).click();
    await ended('done');
    await page.locator('[data-version="3"]').getByText('Gone back to by Ada Lovelace').waitFor();
    await page.locator('[data-field="pids"]').getByRole('textbox').fill('77');
    await tab(page, 'Overview').click();
    await page.getByText('1 changed field is not saved and will be lost.').waitFor();
    await page.getByRole('dialog').getByRole('button').first().click();
    expect(await page.locator('[data-field="pids"]').getByRole('textbox').inputValue()).toBe('77');
    await bar().getByRole('button', { name: 'Undo' }).click();
    expect(await bar().count()).toBe(0);
  }, 120_000);

  it('are made anew as they are by the menu, after what stays was said', async () => {
    const { id, name } = await deployed();
    const before = await detailOf(id);
    await panel.open(page, `/containers/${id}`);
    await page.getByRole('button', { name: 'More actions' }).first().click();
    await page.getByRole('menuitem', { name: 'Make anew' }).click();
    const asked = dialog(`Make ${name} anew`);
    await asked.getByText('Its name, id, ports, networks, volumes and who has access stay.').waitFor();
    await look(page, 'make-anew');
    await asked.getByRole('button', { name: 'Make anew' }).click();
    await until('it is another one', async () => {
      const { engineId, operationId } = await detailOf(id);
      return operationId === null && engineId !== before.engineId;
    });
    expect(await detailOf(id)).toMatchObject({ state: 'running', ports: before.ports });
  }, 120_000);

  it('are written down for other programs, and say which values are left out', async () => {
    const { id, name } = await deployed();
    await openSettings(id);
    const region = page.getByRole('region', { name: 'Export' });
    await region.getByRole('button', { name: 'Write it down' }).click();
    const text = region.getByRole('tabpanel').locator('pre');
    await text.getByText(`container_name: ${name}`).waitFor();
    expect(await region.locator('[data-slot="left-out"]').innerText()).toContain('GREETING');
    await look(page, 'settings-export');
    await region.getByRole('tab', { name: 'docker run' }).click();
    await text.getByText('docker run -d').waitFor();
    await region.getByRole('tab', { name: 'docker run' }).press('ArrowRight');
    await text.getByText(`"name": "${name}"`).waitFor();
    const download = page.waitForEvent('download');
    await region.getByRole('button', { name: `Download ${name}.json` }).click();
    expect((await download).suggestedFilename()).toBe(`${name}.json`);
  }, 90_000);

  it('say how people reach it, at once', async () => {
    const { id } = await deployed();
    await openSettings(id);
    const region = page.getByRole('region', { name: 'How people reach it' });
    await region.getByLabel('Domain name').fill('Shop.example.org');
    await region.getByLabel('Launch address').fill('javascript:alert(1)');
    await region.getByRole('button', { name: 'Save addresses' }).click();
    await region.getByText('Use a web address with http://').waitFor();
    await look(page, 'settings-address');
    await region.getByLabel('Launch address').fill('https://shop.example.org/start');
    await region.getByRole('button', { name: 'Save addresses' }).click();
    await until('it is saved', async () => (await region.getByRole('button').count()) === 0);
    const { saved } = await panel.api<ContainerSettings>('GET', `/containers/${id}/settings`);
    expect(saved).toMatchObject({ domainName: 'shop.example.org', launchUrl: 'https://shop.example.org/start' });
    expect(await region.getByLabel('Domain name').inputValue()).toBe('shop.example.org');
    const open = page.getByRole('link', { name: 'Open shop.example.org' });
    expect(await open.getAttribute('href')).toBe('https://shop.example.org/start');
  }, 90_000);

  it('say where people begin in it, at once, and never outside of what it shares', async () => {
    const { id } = await deployed();
    await openSettings(id);
    const region = page.getByRole('region', { name: 'Where people begin' });
    await region.getByLabel('Files begin at').fill('/etc/../x');
    await region.getByRole('button', { name: 'Save folders' }).click();
    await region.getByText('Use an absolute path without . or .. parts.').waitFor();
    await region.getByLabel('Files begin at').fill('/etc');
    await region.getByRole('button', { name: 'Save folders' }).click();
    await region.getByText('This is in none of the folders it shares.').waitFor();
    await look(page, 'settings-begin');
    await region.getByLabel('Files begin at').fill('/data/public/');
    await region.getByLabel('Commands begin at').fill('/tmp');
    await region.getByRole('button', { name: 'Save folders' }).click();
    await until('it is saved', async () => (await region.getByRole('button').count()) === 0);
    const { saved } = await panel.api<ContainerSettings>('GET', `/containers/${id}/settings`);
    expect(saved).toMatchObject({ explorerRoot: '/data/public', consoleDirectory: '/tmp' });
  }, 90_000);

  it('of a container that was made outside are not known, until it is taken over', async () => {
    const { items } = await panel.api<{ items: Container[] }>('GET', '/containers?q=metrics-probe');
    await openSettings(items[0]?.id ?? '');
    await page.getByText('It was made outside of this panel').waitFor();
    await look(page, 'settings-outside');
    await page.getByRole('button', { name: 'Take it over' }).click();
    const asked = dialog('Take over metrics-probe');
    await asked.getByText('It runs on as it is and becomes yours').waitFor();
    await look(page, 'settings-adopt');
    await addMember(panel, 'iris', 'Iris Murdoch');
    await asked.getByRole('checkbox', { name: 'It is to be somebody else' }).check();
    await asked.getByRole('button', { name: 'Take it over' }).click();
    await asked.getByText('Choose somebody from the list.').waitFor();
    await asked.getByRole('combobox', { name: 'Owner' }).fill('iris');
    await asked.getByRole('option', { name: 'Iris Murdoch' }).click();
    await asked.getByText('becomes that of Iris Murdoch').waitFor();
    await look(page, 'settings-adopt-for');
    await asked.getByRole('button', { name: 'Take it over' }).click();
    await page.getByRole('region', { name: 'Resources' }).waitFor();
    await page.locator('[data-version="1"]').getByText('Taken over by Ada Lovelace').waitFor();
    expect(await detailOf(items[0]?.id ?? '')).toMatchObject({
      managed: true,
      owner: { displayName: 'Iris Murdoch' },
    });
  }, 60_000);
});

describe('a person without the right', () => {
  it('has no such page, and is told what it takes', async () => {
    const { id } = await deployed();
    const hers = await pageOf(panel, await memberOn(id, 'tania'));
    await panel.open(hers, `/containers/${id}`);
    expect(await tab(hers, 'Settings').count()).toBe(0);
    await hers.goto(`${panel.url}/containers/${id}/settings`);
    await hers.locator('[data-slot="no-access"]').getByText('See settings').first().waitFor();
    await look(hers, 'settings-refused');
    await hers.context().close();
  }, 90_000);

  it('for a field reads it, with the reason, and may change the others', async () => {
    const { id } = await deployed();
    const his = await pageOf(panel, await memberOn(id, 'oleg', 'containers.settingsSee', 'containers.settingsEnv'));
    await openSettings(id, his);
    const resources = his.getByRole('region', { name: 'Resources' });
    await resources.locator('[data-slot="locked"]').waitFor();
    const reached = his.getByRole('region', { name: 'How people reach it' });
    expect(await reached.getByLabel('Domain name').getAttribute('readonly')).not.toBeNull();
    expect(await resources.getByLabel('Memory in MiB', { exact: true }).getAttribute('readonly')).not.toBeNull();
    const environment = his.getByRole('region', { name: 'Environment' });
    await environment.getByRole('button', { name: 'Remove GREETING' }).click();
    await environment.getByText('recreate', { exact: true }).waitFor();
    await look(his, 'settings-half');
    await his.getByRole('button', { name: 'Review and apply' }).click();
    const review = his.locator('[data-slot="dialog"]');
    await review.getByText('Removed: GREETING').waitFor();
    expect(await review.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    await his.context().close();
  }, 90_000);
});

it('looks as it should in both modes and on a phone', () => {
  expect(problems()).toEqual([]);
});
