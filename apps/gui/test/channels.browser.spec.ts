import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TenantList } from '@bailiwick/contract';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, pageOf } from './member.ts';
import { Panel } from './panel.ts';

let panel: Panel;
let page: Page;
let receiver: Server;
let answer = { status: 200, text: 'thanks' };
const received: string[] = [];

beforeAll(async () => {
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push(Buffer.concat(parts).toString());
      response.writeHead(answer.status).end(answer.text);
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  panel = await Panel.start({ engine: 'fake', env: { BAILIWICK_OUTBOUND_ALLOW: '127.0.0.0/8' } });
  await panel.claim();
  page = await panel.page();
}, 120_000);
afterAll(async () => {
  await panel.stop();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
}, 60_000);

// What listens on a port has an address of this kind.
const url = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
const card = () => page.getByRole('region', { name: 'On call' });

describe('notifications', () => {
  it('begin with nobody who is told anything', async () => {
    await page.goto(`${panel.url}/settings`);
    await page.getByRole('link', { name: 'Notifications', exact: true }).click();
    await page.waitForURL(/\/settings\/notifications$/);
    await page.getByText('Nobody is told anything yet').waitFor();
    await look(page, 'channels-empty');
  }, 120_000);

  it('are set up by a form that asks for what the kind needs', async () => {
    await page.getByRole('button', { name: 'Add a channel' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a channel' });
    await look(page, 'channels-form-mail');
    for (const kind of ['slack', 'discord', 'telegram', 'ntfy']) await dialog.getByLabel('Kind').selectOption(kind);
    await look(page, 'channels-form-ntfy');
    await dialog.getByLabel('Kind').selectOption('webhook');
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await dialog.getByText('Give it a name of 60 characters at most.').waitFor();
    await dialog.getByLabel('Name').fill('On call');
    await dialog.getByLabel(/^Address/).fill(url());
    await dialog.getByRole('button', { name: 'Make one up' }).click();
    await dialog.getByLabel('Everything, also rules that come later').uncheck();
    await dialog.getByLabel('Access asked for').uncheck();
    await look(page, 'channels-form-webhook');
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await dialog.waitFor({ state: 'detached' });
    await card().getByText('Not used yet').waitFor();
    expect(await page.content()).not.toContain('/hook');
  }, 120_000);

  it('are tested, and the panel shows what the receiver answers', async () => {
    await card().getByRole('button', { name: 'Test On call' }).click();
    await card().getByText('The receiver took it.').waitFor();
    await card().getByText('thanks').waitFor();
    expect(received).toHaveLength(1);
    await look(page, 'channels-tested');
    answer = { status: 403, text: 'invalid_token' };
    await card().getByRole('button', { name: 'Test On call' }).click();
    await card().getByText('It does not accept the token or the address. Enter a new one.').waitFor();
    await card().getByText('invalid_token').waitFor();
    await look(page, 'channels-test-failed');
  }, 120_000);

  it('show how it is going: what waits for a receiver that refuses, and that it was heard', async () => {
    const put = (on: boolean) => panel.api('PUT', '/settings/alert-rules', { rule: 'container_stopped', on });
    await put(false);
    await put(true);
    await page.reload();
    await card().getByText('Not heard').waitFor({ timeout: 30_000 });
    await card()
      .getByText(/notices? waits?/)
      .waitFor();
    await look(page, 'channels-failing');
    answer = { status: 204, text: '' };
    await card().getByRole('button', { name: 'Change On call' }).click();
    const dialog = page.getByRole('dialog', { name: 'Change On call' });
    await look(page, 'channels-edit');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await card().getByText('Last message taken').waitFor({ timeout: 30_000 });
    await card().getByText('Heard', { exact: true }).waitFor();
    expect(received.at(-1)).toContain('stopped by itself');
    await look(page, 'channels-good');
  }, 120_000);

  it('are deleted after a word on what that means', async () => {
    await card().getByRole('button', { name: 'Delete On call' }).click();
    await page.getByText('Nobody is told by it any more.').waitFor();
    await look(page, 'channels-delete');
    await page.getByRole('button', { name: 'Delete the channel' }).click();
    await page.getByText('Nobody is told anything yet').waitFor();
  }, 120_000);
});

describe('notifications of a tenant', () => {
  it('are set up by who manages it: of its things, and never by mail', async () => {
    answer = { status: 200, text: 'inside words' };
    const lead = await addMember(panel, 'lead', 'Lee Dee');
    const [tenant] = (await panel.api<TenantList>('GET', '/tenants')).items;
    if (!tenant) throw new Error('There is a first tenant.');
    const allow = ['tenants.see', 'tenants.update', 'containers.see', 'containers.stats', 'operations.see'];
    await panel.api('POST', '/access/changes', {
      changes: [{ op: 'grant', principal: { kind: 'user', id: lead.id }, target: { kind: 'tenant', id: tenant.id }, role: 'none', allow, deny: [], expiresAt: null, version: 0 }], // prettier-ignore
    });
    const hers = await pageOf(panel, lead);
    await hers.goto(`${panel.url}/tenants`);
    await hers.getByRole('button', { name: `Actions for ${tenant.name}` }).click();
    await hers.getByRole('menuitem', { name: 'Notifications' }).click();
    await hers.getByRole('heading', { level: 1, name: `Notifications of ${tenant.name}` }).waitFor();
    await look(hers, 'tenant-channels-empty');
    await hers.getByRole('button', { name: 'Add a channel' }).click();
    const dialog = hers.getByRole('dialog', { name: 'Add a channel' });
    expect(await dialog.getByLabel('Kind').locator('option[value=mail]').count()).toBe(0);
    await dialog.getByLabel('Name').fill('Ours');
    await dialog.getByLabel(/^Address/).fill(url());
    await dialog.getByRole('button', { name: 'Make one up' }).click();
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await dialog.waitFor({ state: 'detached' });
    const ours = hers.getByRole('region', { name: 'Ours' });
    await ours.getByRole('button', { name: 'Test Ours' }).click();
    await ours.getByText('The receiver took it.').waitFor();
    expect(await ours.getByText('inside words').count()).toBe(0);
    await look(hers, 'tenant-channels');
    await page.goto(`${panel.url}/settings/notifications`);
    await page
      .getByRole('region', { name: 'Ours' })
      .getByText(/which set it up itself/)
      .waitFor();
  }, 120_000);

  it('are no page of whoever does not manage it', async () => {
    const onlooker = await pageOf(panel, await addMember(panel, 'onlooker', 'On Looker'));
    await onlooker.goto(`${panel.url}/tenants/default/channels`);
    await onlooker.getByRole('main').waitFor();
    expect(await onlooker.getByRole('button', { name: 'Add a channel' }).count()).toBe(0);
  }, 120_000);
});

it('has nothing to say against any of these pages', () => expect(problems()).toEqual([]));
