import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { makeContainer } from './engine-api.ts';
import { look, problems } from './look.ts';
import { addMember, pageOf } from './member.ts';
import { Panel } from './panel.ts';

let panel: Panel;
let page: Page;
let id: string;

beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  const name = `commands-${panel.label.slice(-6)}`;
  await makeContainer(name, panel.label);
  id = await panel.idOf(name);
  const member = await addMember(panel, 'grace', 'Grace Hopper');
  const target = { kind: 'container', id };
  await panel.api('POST', '/access/changes', {
    changes: [
      { op: 'grant', principal: { kind: 'user', id: member.id }, target, role: 'observer', allow: ['containers.run'], deny: [], expiresAt: null, version: 0 },
    ],
  }); // prettier-ignore
  page = await pageOf(panel, member);
}, 120_000);
afterAll(async () => {
  await panel.stop();
}, 60_000);

const run = async (command: string) => {
  await page.getByLabel('Command', { exact: true }).fill(command);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
};

describe('single commands for who may not open a shell (N12)', () => {
  it('are run, and say what they said and how they ended', async () => {
    await panel.open(page, `/containers/${id}`);
    await expect(page.getByRole('link', { name: 'Shell', exact: true }).count()).resolves.toBe(0);
    await page.getByRole('link', { name: 'Commands', exact: true }).click();
    await run("echo 'one;two'");
    await page
      .getByRole('region', { name: /^Output of echo/ })
      .getByText('one;two', { exact: true })
      .waitFor();
    await page.getByText('Exit code 0').first().waitFor();
    await run('ls /nowhere');
    await page.getByRole('region', { name: 'Errors of ls /nowhere' }).getByText('No such file').waitFor();
  });

  it.each(['ls; id', '/bin/sh', 'FOO=1 ls', 'echo $(id)', 'bash'])(
    'refuse %s, and what was typed stays',
    async (command) => {
      const before = await page.locator('[data-slot="run"]').count();
      await run(command);
      await page.getByText('This command cannot be run here.').waitFor();
      expect(await page.getByLabel('Command', { exact: true }).inputValue()).toBe(command);
      expect(await page.locator('[data-slot="run"]').count()).toBe(before);
    },
  );

  it('come back with the arrow keys, and look right', async () => {
    await page.getByLabel('Command', { exact: true }).fill('');
    await page.getByLabel('Command', { exact: true }).press('ArrowUp');
    expect(await page.getByLabel('Command', { exact: true }).inputValue()).toBe('ls /nowhere');
    await look(page, 'commands');
    expect(problems()).toEqual([]);
  }, 60_000);
});
