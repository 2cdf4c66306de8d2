import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Capability, ContainerDetail } from '@bailiwick/contract';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, type Member, pageOf } from './member.ts';
import { Panel, until } from './panel.ts';
import { aPreset } from './presets.ts';

const ECHOING = ['sh', '-c', 'while read -r line; do echo "heard: $line"; done'];
const game = aPreset({
  name: 'game',
  title: 'Game',
  selfService: true,
  questions: [],
  quickActions: [{ label: 'Who is there', line: 'list' }],
  logTriggers: [
    { label: 'It is full', pattern: 'full', severity: 'warning', fix: { label: 'Save it', line: 'save-all' } },
    { label: 'No licence', pattern: 'EULA', severity: 'error', fix: { label: 'To the settings', page: 'settings' } },
  ],
  config: {
    image: 'itzg/minecraft-server:java21',
    command: ECHOING,
    memoryBytes: 64 * 1024 * 1024,
    cpus: 0.5,
  },
});
const presets = mkdtempSync(path.join(tmpdir(), 'bailiwick-console-'));

let panel: Panel;
let page: Page;
let id: string;

beforeAll(async () => {
  writeFileSync(path.join(presets, 'game.json'), JSON.stringify(game));
  panel = await Panel.start({
    engine: 'fake',
    env: { BAILIWICK_DEPLOY_STABLE_MS: '0', BAILIWICK_PRESETS_DIR: presets },
  });
  await panel.claim();
  id = await deployed('realm');
  page = await panel.page();
}, 120_000);
afterAll(async () => {
  await panel.stop();
  rmSync(presets, { recursive: true });
}, 60_000);

async function deployed(name: string, options: object = {}): Promise<string> {
  const { target } = await panel.done('POST', '/deployments', { preset: 'game', name, options });
  const made = target.containerId ?? '';
  await until('nothing is done to it', async () => (await detailOf(made)).operationId === null);
  return made;
}
const detailOf = (of: string) => panel.api<ContainerDetail>('GET', `/containers/${of}`);
const open = (of: string, on = page) => panel.open(on, `/containers/${of}/console`);
const field = (on = page) => on.getByLabel('Line for the main program');
const inLog = (text: string, on = page) => on.locator('[data-slot="log-viewport"]').getByText(text, { exact: true });
async function send(line: string, on = page): Promise<void> {
  await field(on).fill(line);
  await field(on).press('Enter');
}
async function memberOn(of: string, username: string, ...allow: Capability[]): Promise<Member> {
  const member = await addMember(panel, username, `${username} Member`);
  const principal = { kind: 'user', id: member.id };
  const target = { kind: 'container', id: of };
  await panel.api('POST', '/access/changes', {
    changes: [{ op: 'grant', principal, target, role: 'observer', allow, deny: [], expiresAt: null, version: 0 }],
  });
  return member;
}

describe('the console of a container', () => {
  it('takes a line, and the answer is in the log above', async () => {
    await panel.open(page, `/containers/${id}`);
    await page.locator('[data-slot="tabs"]').getByRole('link', { name: 'Console', exact: true }).click();
    await send('say $(id) "hello"');
    await inLog('heard: say $(id) "hello"').waitFor();
    expect(await field().inputValue()).toBe('');
    expect(await field().evaluate((input) => input === document.activeElement)).toBe(true);
    await look(page, 'console');
  }, 90_000);

  it('brings back what was typed, also after the page was closed, and never a secret', async () => {
    await send('tps');
    await inLog('heard: tps').waitFor();
    await send('login hunter2');
    await inLog('heard: login hunter2').waitFor();
    await page.reload();
    await field().fill('half');
    const stepped = async (key: string) => {
      await field().press(key);
      return field().inputValue();
    };
    expect(await stepped('ArrowUp')).toBe('tps');
    expect(await stepped('ArrowUp')).toBe('say $(id) "hello"');
    expect(await stepped('ArrowUp')).toBe('say $(id) "hello"');
    expect(await stepped('ArrowDown')).toBe('tps');
    expect(await stepped('ArrowDown')).toBe('half');
    expect(await page.evaluate<string>('JSON.stringify(localStorage)')).not.toContain('hunter2');
  }, 60_000);

  it('sends a quick command of its preset', async () => {
    await page.getByRole('group', { name: 'Quick commands' }).getByRole('button', { name: 'Who is there' }).click();
    await inLog('heard: list').waitFor();
  });

  it('asks before several lines are pasted', async () => {
    const paste = (text: string) =>
      field().evaluate((input, pasted) => {
        const data = new DataTransfer();
        data.setData('text/plain', pasted);
        input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      }, text);
    await field().fill('');
    await paste('say one\nsay two\n');
    const dialog = page.getByRole('dialog', { name: 'Paste 2 lines?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await paste('say one\nsay two\n');
    await dialog.getByRole('button', { name: 'Paste as one line' }).click();
    expect(await field().inputValue()).toBe('say one say two');
    await paste('say three\nsay four\n');
    await dialog.getByRole('button', { name: 'Paste', exact: true }).click();
    await inLog('heard: say four').waitFor();
    expect(await inLog('heard: say three').count()).toBe(1);
    expect(await inLog('heard: say one').count()).toBe(0);
  }, 60_000);

  it('tells what the preset knows of the log, and what mends it', async () => {
    await send('disk full');
    const banner = page.locator('[data-trigger="It is full"]');
    await banner.getByRole('button', { name: 'Save it' }).click();
    await inLog('heard: save-all').waitFor();
    await send('agree to the EULA');
    const worse = page.locator('[data-trigger="No licence"]');
    await worse.getByRole('link', { name: 'To the settings' }).waitFor();
    await look(page, 'console-trigger');
    await panel.open(page, `/containers/${id}/logs`);
    await worse.getByRole('button', { name: 'Close' }).click();
    await banner.getByRole('button', { name: 'Close' }).click();
    await until('nothing is told', async () => (await page.locator('[data-trigger]').count()) === 0);
  }, 90_000);

  it('opens its input where that is closed, for who may change it; others see whom to ask', async () => {
    const shut = await deployed('shut', { stdinOpen: false });
    const member = await pageOf(panel, await memberOn(shut, 'mia', 'containers.console'));
    await open(shut, member);
    await send('list', member);
    await member.getByText('Its input is closed, so nobody can type to it').waitFor();
    await member
      .locator('[data-slot="console"]')
      .getByRole('button', { name: /^Why not/ })
      .waitFor();
    expect(await member.getByRole('button', { name: 'Open its input' }).count()).toBe(0);
    await look(member, 'console-closed');
    await member.context().close();
    await open(shut);
    await send('list');
    await page.getByRole('button', { name: 'Open its input' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change shut' });
    await dialog.locator('[data-field="stdinOpen"]').waitFor();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await page.locator('[data-slot="console"][data-way="input"]').waitFor();
    await until('it runs', async () => (await detailOf(shut)).state === 'running');
    await send('say open');
    await inLog('heard: say open').waitFor();
  }, 120_000);

  it('says that it does not run, and is nobody’s who may not', async () => {
    await panel.api('POST', `/containers/${id}/stop`, {});
    await open(id);
    await page.getByText('It does not run').waitFor();
    expect(await field().isDisabled()).toBe(true);
    const stranger = await pageOf(panel, await memberOn(id, 'tom', 'containers.logs'));
    await stranger.goto(`${panel.url}/containers/${id}/console`);
    await stranger
      .getByText(/use the console/i)
      .first()
      .waitFor();
    expect(await field(stranger).count()).toBe(0);
    await stranger.context().close();
    expect(problems()).toEqual([]);
  }, 90_000);
});

it('lists what runs in a container, on demand', async () => {
  const made = await deployed('busy');
  await panel.open(page, `/containers/${made}`);
  const card = page.getByRole('region', { name: 'Processes' });
  await card.getByRole('button', { name: 'Show what runs in it' }).click();
  await card.getByText('while read -r line').waitFor();
  await look(page, 'processes');
}, 60_000);
