import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ContainerDetail, TargetAccess } from '@bailiwick/contract';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember } from './member.ts';
import { Panel, until } from './panel.ts';

let panel: Panel;
let page: Page;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

describe('what is looked at while one types', () => {
  it('names what is easy to guess, beside the form, and holds nobody back', async () => {
    await panel.open(page, '/deploy/tea-shop');
    await page.getByRole('textbox', { name: 'Password' }).fill('letmein');
    const noted = page.getByRole('region', { name: 'Checks' });
    await noted.getByText('Easy to guess: Password.').waitFor();
    await look(page, 'deploy-noted');
    await page.getByRole('textbox', { name: 'Password' }).fill('seven quiet herons');
    await noted.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByText('No secret that was typed is easy to guess.').waitFor();
    await page.getByText(/The image busybox:local is on the host \(/).waitFor();
  }, 60_000);

  it('says at once that an image is fetched first', async () => {
    await panel.open(page, '/deploy/image');
    await page.getByLabel('Image').fill('nobody/has-it:1');
    await page.getByRole('button', { name: 'Configure' }).click();
    await page
      .getByRole('region', { name: 'Checks' })
      .getByText('The image nobody/has-it:1 is fetched first')
      .waitFor();
  }, 60_000);
});

describe('what is generated', () => {
  it('can be made up before it is deployed, until it pleases, and is in no draft', async () => {
    await panel.open(page, '/deploy/tea-shop');
    const password = page.getByRole('textbox', { name: 'Password' });
    await page.getByRole('button', { name: 'Fill in a new one' }).click();
    const first = await password.inputValue();
    expect(first).toMatch(/^[A-Za-z0-9]{24}$/);
    expect(await password.getAttribute('type')).toBe('text');
    await page.getByText('Copy it now: it is not shown again.').waitFor();
    await page.getByRole('button', { name: 'Fill in another new one' }).click();
    expect(await password.inputValue()).not.toBe(first);
    await page.getByLabel('Name').fill('tea-made-up');
    await page.getByText('Kept as a draft of yours').waitFor();
    await look(page, 'deploy-made-up');
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(await password.inputValue());
    const drafts = await panel.api<{ items: { id: string }[] }>('GET', '/me/drafts');
    const kept = await panel.api('GET', `/me/drafts/${drafts.items[0]?.id}`);
    expect(JSON.stringify(kept)).not.toContain(await password.inputValue());
    await password.fill('');
    await page.getByText('Copy it now').waitFor({ state: 'detached' });
  }, 60_000);

  it('is another free port on demand', async () => {
    await panel.open(page, '/deploy/tea-shop');
    const port = page.getByRole('textbox', { name: 'Shop' });
    const another = page.getByRole('button', { name: /Suggest another port for Shop/ });
    await another.click();
    await until('a port is filled in', async () => /^\d+$/.test(await port.inputValue()));
    const first = Number(await port.inputValue());
    await another.click();
    await until('it is another one', async () => Number(await port.inputValue()) > first);
    await look(page, 'deploy-another-port');
    await port.fill('');
  }, 60_000);
});

describe('who else reaches it', () => {
  it('is chosen before, shown in the review, and stands when it is there', async () => {
    await addMember(panel, 'grace', 'Grace Hopper');
    await panel.open(page, '/deploy/tea-shop');
    await page.getByLabel('Name').fill('tea-shared');
    await page.getByRole('button', { name: 'Share with somebody' }).click();
    const dialog = page.getByRole('dialog', { name: 'Share with somebody' });
    await dialog.getByRole('button', { name: 'Share', exact: true }).click();
    await dialog.getByText('Choose somebody from the list.').waitFor();
    await dialog.getByRole('combobox', { name: 'Person or team' }).fill('grac');
    await dialog.getByRole('option', { name: 'Grace Hopper' }).click();
    await look(page, 'deploy-share');
    await dialog.getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByLabel('Role of Grace Hopper').selectOption('operator');
    await look(page, 'deploy-shared');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('region', { name: 'What will be made' }).getByText('Grace Hopper: Operator').waitFor();
    await page.getByText('One more person or team reaches it.').waitFor();
    await page.getByRole('button', { name: 'Deploy', exact: true }).click();
    const found = async () =>
      (await panel.api<{ items: { id: string }[] }>('GET', '/containers?q=tea-shared')).items[0];
    await until('it is there', async () => (await found()) !== undefined);
    const on = await panel.api<TargetAccess>('GET', `/access/on?resource=${(await found())?.id}`);
    expect(on.grants).toMatchObject([{ role: 'operator', principalName: 'Grace Hopper' }]);
  }, 90_000);
});

describe('the advanced part of a deployment', () => {
  it('says at each field what is wrong, keeps what was chosen over a reload, and starts the container with it', async () => {
    await panel.open(page, '/deploy/tea-shop');
    await page.getByLabel('Name').fill('tea-advanced');
    await page.getByText('Advanced').click();
    await page.getByLabel('Labels').fill('traefik.enable=true');
    await page.getByLabel('Processes at most').fill('8');
    await page.getByLabel('Restart policy').selectOption({ label: 'After a failure' });
    await page.getByLabel('Tries after a failure').fill('3');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByText('“traefik.enable” cannot be used as a label: it is reserved, or no name.').waitFor();
    await page.getByText('Use at least 32.').waitFor();
    await look(page, 'deploy-advanced');
    await page.getByLabel('Labels').fill('team=tea');
    await page.getByLabel('Processes at most').fill('99');
    await page.reload();
    await until(
      'the draft is there again',
      async () => (await page.getByLabel('Processes at most').inputValue()) === '99',
    );
    await page.getByRole('button', { name: 'Review' }).click();
    const made = page.getByRole('region', { name: 'What will be made' });
    await made.getByText('team=tea').waitFor();
    await made.getByText('After a failure', { exact: true }).waitFor();
    await page.getByText('It runs as root inside the container.').waitFor();
    await look(page, 'deploy-advanced-review');
    await page.getByRole('button', { name: 'Deploy' }).click();
    const found = async () =>
      (await panel.api<{ items: { id: string; name: string }[] }>('GET', '/containers?q=tea-advanced')).items[0];
    await until('it is there', async () => (await found()) !== undefined);
    const detail = await panel.api<ContainerDetail>('GET', `/containers/${(await found())?.id}`);
    expect(detail).toMatchObject({
      restartPolicy: { name: 'on-failure', maximumRetryCount: 3 },
      limits: { pids: 99 },
    });
    await panel.open(page, `/containers/${detail.id}`);
    await page.getByText('Runs as root', { exact: true }).waitFor();
    await look(page, 'container-as-root');
  }, 90_000);
});

it('looks as it should in both modes and on a phone', () => {
  expect(problems()).toEqual([]);
});
