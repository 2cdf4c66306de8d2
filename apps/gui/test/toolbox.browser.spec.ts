import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ContainerList } from '@bailiwick/contract';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { OWNER, Panel } from './panel.ts';

let panel: Panel;
let page: Page;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake', env: { BAILIWICK_SFTP_HOST: 'files.example.org' } });
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

describe('a command in the background', () => {
  let id: string;
  let mine: Page;
  const field = () => mine.getByLabel('Command', { exact: true });
  const item = (command: string) => mine.locator('[data-slot="background"]').filter({ hasText: command });
  async function startInBackground(command: string): Promise<void> {
    await field().fill(command);
    await mine.getByRole('button', { name: 'Run in the background' }).click();
  }

  beforeAll(async () => {
    const { items } = await panel.api<ContainerList>('GET', '/containers');
    id = items.find(({ state, rights }) => state === 'running' && rights.can.includes('containers.run'))?.id ?? '';
    mine = await panel.page();
    await panel.open(mine, `/containers/${id}`);
    await mine.locator('[data-slot="tabs"]').getByRole('link', { name: 'Commands', exact: true }).click();
  }, 60_000);

  it('says what it says while it runs, at an address of its own, and how it ended', async () => {
    await mine.getByText('Nothing was run in the background yet').waitFor();
    await startInBackground("sh -c 'echo first; sleep 2; echo second; exit 3'");
    const log = mine.getByRole('region', { name: /^Log of sh/ });
    await log.getByText('first').waitFor();
    expect(await field().inputValue()).toBe('');
    expect(mine.url()).toContain('?background=cmd_');
    await item('echo second').getByText('Running').waitFor();
    await log.getByText('second').waitFor();
    await item('echo second').getByText('Exit code 3').waitFor();
    await mine.reload();
    await log.getByText('second').waitFor();
  }, 60_000);

  it('is cancelled', async () => {
    await startInBackground('sleep 1000');
    await mine.getByRole('button', { name: 'Cancel sleep 1000' }).click();
    await item('sleep 1000').getByText('Cancelled').waitFor();
    expect(await mine.getByRole('button', { name: 'Cancel sleep 1000' }).count()).toBe(0);
    await mine.getByRole('link', { name: 'Show log of sh' }).click();
    await look(mine, 'background');
    expect(problems()).toEqual([]);
  }, 60_000);

  it('is refused where a shell would be needed, and what was typed stays', async () => {
    await startInBackground('ls; id');
    await mine.getByText('This command cannot be run here.').waitFor();
    expect(await field().inputValue()).toBe('ls; id');
  });
});

it('tells where files are served besides, where that is set up', async () => {
  const { items } = await panel.api<ContainerList>('GET', '/containers');
  await panel.open(page, `/containers/${items[0]?.id ?? ''}`);
  const card = page.getByRole('region', { name: 'Files by SFTP' });
  await card.getByText('files.example.org').waitFor();
  expect(await card.innerText()).toMatch(/22[^]*your own there/);
});

it('shows what the health checks said, as text', async () => {
  const { items } = await panel.api<ContainerList>('GET', '/containers');
  await panel.open(page, `/containers/${items.find(({ health }) => health === 'unhealthy')?.id ?? ''}`);
  const card = page.getByRole('region', { name: 'Health checks' });
  await card.getByText('failed (1)').first().waitFor();
  expect(await card.getByRole('group', { name: 'What the check said' }).first().innerText()).toContain(
    'refused\nIt does',
  );
  await look(page, 'probes');
  expect(problems()).toEqual([]);
}, 60_000);
