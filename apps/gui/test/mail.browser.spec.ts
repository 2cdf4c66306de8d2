import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { Panel, PASSWORD } from './panel.ts';
import { SmtpSink } from './smtp-sink.ts';

const EVE = 'eve@example.org';
const EVES_PASSWORD = 'nine slow kettles hum';
const NEW_PASSWORD = 'twelve green ladders fold';

let panel: Panel;
let sink: SmtpSink;

beforeAll(async () => {
  sink = await SmtpSink.start();
  panel = await Panel.start({ engine: 'fake', env: sink.env });
  await panel.claim();
}, 90_000);
afterAll(async () => {
  await panel.stop();
  await sink.close();
}, 60_000);

const linkIn = (text: string): string => /https?:\S+#\S+/.exec(text)?.[0] ?? '';

describe('mail', () => {
  it('is tested from the settings, and the operation tells how far it came', async () => {
    const page = await panel.page();
    await page.goto(`${panel.url}/settings`);
    await page.getByRole('link', { name: 'Mail', exact: true }).click();
    await page.waitForURL(/\/settings\/mail/);
    await page.getByRole('heading', { name: 'Mail', exact: true }).waitFor();
    await look(page, 'mail-settings-mail');
    await page.getByLabel('Send it to').fill('nobody');
    await page.getByRole('button', { name: 'Send a test mail' }).click();
    await page.getByText('This is not an e-mail address.').waitFor();
    await page.getByLabel('Send it to').fill('ada@example.org');
    await page.getByRole('button', { name: 'Send a test mail' }).click();
    await page.waitForURL(/\/activity\/op_/);
    await page.locator('[data-slot=operation-step][data-step=send][data-state=done]').waitFor();
    await look(page, 'mail-mail-test-done');
    expect((await sink.mailTo('ada@example.org')).subject).toBe('Mail from Bailiwick works');
    await page.context().close();
  }, 120_000);

  it('carries an invitation from the list of people to the first sign-in', async () => {
    const page = await panel.page();
    await page.goto(`${panel.url}/people/invitations`);
    await page.getByText('Nobody was invited yet').waitFor();
    await look(page, 'mail-invitations-empty');
    await page.getByRole('button', { name: 'Invite' }).click();
    await page.getByLabel('E-mail').fill(EVE);
    await look(page, 'mail-invite');
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    await page.getByRole('row', { name: /eve@example\.org/ }).waitFor();
    await look(page, 'mail-invitations-open');

    const link = linkIn((await sink.mailTo(EVE)).text);
    const guest = await panel.page({ signedIn: false });
    await guest.goto(link);
    await guest.getByRole('heading', { name: 'You are invited' }).waitFor();
    await look(guest, 'mail-invite-accept');
    await guest.getByLabel('Your name').fill('Eve');
    await guest.getByLabel('User name').fill('eve');
    await guest.getByLabel('Password', { exact: true }).fill('short');
    await guest.getByRole('button', { name: 'Make the account' }).click();
    await guest.getByText('At least 12 characters, and not one').waitFor();
    await guest.getByLabel('Password', { exact: true }).fill(EVES_PASSWORD);
    await guest.getByRole('button', { name: 'Make the account' }).click();
    await guest.getByRole('heading', { name: 'Your account is ready' }).waitFor();
    await look(guest, 'mail-invite-done');
    await guest.getByRole('link', { name: 'Sign in' }).click();
    await signIn(guest, 'eve', EVES_PASSWORD);
    await guest.waitForURL(/\/(containers)?$/);

    const again = await panel.page({ signedIn: false });
    await again.goto(link);
    await again.getByRole('heading', { name: 'This invitation does not work any more' }).waitFor();
    await look(again, 'mail-invite-gone');
    await page.reload();
    await page.getByRole('row', { name: /eve@example\.org.*Accepted/ }).waitFor();
    for (const each of [page, guest, again]) await each.context().close();
  }, 180_000);

  it('carries a new password: the link from the mail, once', async () => {
    const page = await panel.page({ signedIn: false });
    await page.goto(`${panel.url}/login`);
    await look(page, 'mail-login');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
    await look(page, 'mail-forgot');
    await page.getByLabel('User name or e-mail address').fill('eve');
    await page.getByRole('button', { name: 'Send the mail' }).click();
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await look(page, 'mail-forgot-sent');
    const mail = await sink.mailTo(EVE, 2);
    await page.getByLabel('Code of the mail').fill('000000');
    await page.getByRole('button', { name: 'Use the code' }).click();
    await page.getByText('This code is wrong, was used').waitFor();
    await look(page, 'mail-forgot-wrong-code');

    const link = linkIn(mail.text);
    await page.goto(link);
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    await look(page, 'mail-recover');
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('heading', { name: 'Your password was changed' }).waitFor();
    await look(page, 'mail-recover-done');
    expect((await sink.mailTo(EVE, 3)).subject).toBe('Your password was changed');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await signIn(page, 'eve', NEW_PASSWORD);
    await page.waitForURL(/\/(containers)?$/);

    const again = await panel.page({ signedIn: false });
    await again.goto(link);
    await again.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
    await look(again, 'mail-recover-gone');
    for (const each of [page, again]) await each.context().close();
  }, 180_000);

  it('leads from the code of the mail to the new password as well', async () => {
    const page = await panel.page({ signedIn: false });
    await page.goto(`${panel.url}/login/forgot`);
    await page.getByLabel('User name or e-mail address').fill(EVE);
    await page.getByRole('button', { name: 'Send the mail' }).click();
    const { text } = await sink.mailTo(EVE, 4);
    await page.getByLabel('Code of the mail').fill(/^(\d{6})$/m.exec(text)?.[1] ?? '');
    await page.getByRole('button', { name: 'Use the code' }).click();
    await page.waitForURL(/\/login\/recover/);
    await page.getByLabel('New password').fill(EVES_PASSWORD);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('heading', { name: 'Your password was changed' }).waitFor();
    await page.context().close();
  }, 120_000);

  it('is replaced by a link that staff hands over', async () => {
    const { item } = await panel.api<{ item: { id: string } }>('POST', '/users', {
      username: 'bob',
      displayName: 'Bob',
    });
    const page = await panel.page();
    await page.goto(`${panel.url}/people/${item.id}`);
    await page.getByRole('button', { name: 'Make a link' }).click();
    const shown = page.locator('[data-slot=shown-once]');
    await shown.waitFor();
    await look(page, 'mail-reset-link');
    const guest = await panel.page({ signedIn: false });
    await guest.goto(await shown.innerText());
    await guest.getByLabel('New password').fill(PASSWORD);
    await guest.getByRole('button', { name: 'Set the password' }).click();
    await guest.getByRole('heading', { name: 'Your password was changed' }).waitFor();
    for (const each of [page, guest]) await each.context().close();
  }, 120_000);

  it('has no accessibility violation and fits a phone in every one of these states', () => {
    expect(problems()).toEqual([]);
  });
});

async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
