import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, type Member, pageOf } from './member.ts';
import { Panel, until } from './panel.ts';

let panel: Panel;
let page: Page;
let tania: Member;
let marek: Member;
let tenantId: string;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  tania = await addMember(panel, 'tania', 'Tania Sokolova');
  marek = await addMember(panel, 'marek', 'Marek Nowak');
  tenantId = (await panel.api<{ tenant: { id: string } }>('GET', '/me')).tenant.id;
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

describe('a quota', () => {
  it('of a person is set on their page, where it is said how much of it is used', async () => {
    await panel.open(page, `/people/${tania.id}/access`);
    const card = page.getByRole('region', { name: 'Quota' });
    await card.getByText('0, no limit').first().waitFor();
    await card.getByLabel('Containers').fill('1.5');
    await card.getByRole('button', { name: 'Save quota' }).click();
    await card.getByText('Use a whole number, or leave it empty.').waitFor();
    await card.getByLabel('Containers').fill('0');
    await card.getByLabel('Memory in GiB').fill('0,5');
    await card.getByRole('button', { name: 'Save quota' }).click();
    await card.getByText('None allowed').waitFor();
    await card.getByText('0 B of 512 MiB').waitFor();
    await look(page, 'quota-person');
  }, 90_000);

  it('refuses in words what is beyond it and lets in what is within, with what was typed kept', async () => {
    const hers = await pageOf(panel, tania);
    await hers.goto(`${panel.url}/catalogue`);
    await hers.getByRole('link', { name: 'Tea shop' }).click();
    await hers.getByRole('button', { name: 'Review' }).click();
    await hers.getByText('Containers: this person may take 0, 0 is taken, and this needs 1 more.').waitFor();
    await panel.api('PUT', `/quotas/${tania.id}`, { containers: 1, cpus: null, memoryBytes: null, diskBytes: null });
    await hers.getByText('It is within the quotas.').waitFor();
    await hers.getByRole('button', { name: 'Deploy' }).click();
    await until('it counts', async () => {
      const { usage } = await panel.api<{ usage: { containers: number } }>('GET', `/quotas/${tania.id}`);
      return usage.containers === 1;
    });
    await hers.goto(`${panel.url}/account/access`);
    const own = hers.getByRole('region', { name: 'What you may use' });
    await own.getByText('Used up', { exact: true }).waitFor();
    await own.getByText('1 of 1').waitFor();
    expect(await own.getByRole('button', { name: 'Save quota' }).count()).toBe(0);
    await hers.context().close();
  }, 90_000);

  it('of a tenant is set from its row', async () => {
    await panel.open(page, '/tenants');
    await page
      .getByRole('button', { name: /^Actions for/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Quota' }).click();
    const dialog = page.getByRole('dialog', { name: /^Quota of/ });
    await dialog.getByLabel('CPUs').fill('1000');
    await dialog.getByRole('button', { name: 'Save quota' }).click();
    await dialog.getByText(/of 1,000$/).waitFor();
    await look(page, 'quota-tenant');
  }, 90_000);

  it('of a project counts what is deployed into it, which the wizard offers', async () => {
    const { item: project } = await panel.api<{ item: { id: string } }>('POST', '/projects', {
      name: 'Tea room',
      quota: { containers: 0, cpus: null, memoryBytes: null, diskBytes: null },
    });
    await panel.open(page, '/deploy/tea-shop');
    await page.getByLabel('Name').fill('tea-room-one');
    const select = page.getByRole('combobox', { name: 'Project' });
    expect(await select.inputValue()).toBe('');
    await select.selectOption('Tea room');
    await look(page, 'deploy-project');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('region', { name: 'What will be made' }).getByText('Tea room').waitFor();
    const check = page.locator('[data-check="quota"]');
    await check.getByText('Containers: the project may take 0, 0 is taken, and this needs 1 more.').waitFor();
    expect(await page.getByRole('button', { name: 'Deploy' }).isDisabled()).toBe(true);
    await look(page, 'deploy-over-quota');
    await panel.api('PATCH', `/projects/${project.id}`, {
      quota: { containers: 1, cpus: null, memoryBytes: null, diskBytes: null },
    });
    await check.getByText('It is within the quotas.').waitFor();
    await page.getByRole('button', { name: 'Deploy' }).click();
    await until('it is in the project', async () => {
      const { items } = await panel.api<{ items: { name: string }[] }>('GET', `/containers?project=${project.id}`);
      return items.some(({ name }) => name === 'tea-room-one');
    });
  }, 90_000);

  it('is seen and not set by who may see people only, with the reason', async () => {
    await panel.api('POST', '/access/changes', {
      changes: [
        {
          op: 'grant',
          principal: { kind: 'user', id: marek.id },
          target: { kind: 'tenant', id: tenantId },
          role: 'observer',
          allow: ['people.see'],
          deny: [],
          expiresAt: null,
          version: 0,
        },
      ],
    });
    const his = await pageOf(panel, marek);
    await his.goto(`${panel.url}/people/${tania.id}/access`);
    const card = his.getByRole('region', { name: 'Quota' });
    await card.getByText('You need the right “Set quotas”.').waitFor();
    expect(await card.getByRole('textbox', { name: 'Containers' }).isDisabled()).toBe(true);
    expect(await card.getByRole('button', { name: 'Save quota' }).count()).toBe(0);
    await his.context().close();
  }, 60_000);

  it('looks as it should in both modes and on a phone', () => expect(problems()).toEqual([]));
});
