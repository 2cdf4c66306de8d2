import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { OWNER, Panel, PASSWORD } from './panel.ts';
import { totp } from './totp.ts';

let panel: Panel;
let page: Page;

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  page = await panel.page({ signedIn: false });
}, 90_000);
afterAll(() => panel.stop(), 60_000);

describe('the setup', () => {
  it('goes through six steps by keyboard alone, each with its own heading and place', async () => {
    await page.goto(panel.url);
    await at('Who owns this panel?', 'Step 1 of 6: Owner');
    await look(page, 'setup-1-owner');
    await page.keyboard.type(panel.setupToken());
    for (const text of [OWNER.displayName, OWNER.username, PASSWORD]) {
      await page.keyboard.press('Tab');
      await page.keyboard.type(text);
    }
    await page.keyboard.press('Enter');

    await at('Protect your account', 'Step 2 of 6: Two-factor sign-in');
    await look(page, 'setup-2-two-factor');
    await press('button', 'Set up');
    const secret = (await page.locator('[data-slot=two-factor-secret]').innerText()).replaceAll(' ', '');
    await look(page, 'setup-2-two-factor-code');
    await page.keyboard.type(totp(secret));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Keep these recovery codes' }).waitFor();
    await look(page, 'setup-2-two-factor-codes');
    await press('button', 'I have kept them');

    await at('The engine on this machine', 'Step 3 of 6: Engine');
    await page.getByText(/is ready\.$/).waitFor();
    await look(page, 'setup-3-engine');
    await press('link', 'Go on');

    await at('Choose how it looks', 'Step 4 of 6: Appearance');
    await page.getByRole('radio', { name: /^Ember/ }).focus();
    await page.keyboard.press('Space');
    await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'ember');
    await look(page, 'setup-4-look');
    await press('link', 'Go on');

    await at('Deploy a first container', 'Step 5 of 6: First container');
    expect(await page.locator('main ul a[href^="/deploy/"]').count()).toBe(2);
    await look(page, 'setup-5-start');
    await press('link', 'Not now');

    await at('The panel is yours', 'Step 6 of 6: Done');
    await look(page, 'setup-6-done');
    await press('link', /^Decide who needs two-factor sign-in/);
    await page.getByRole('heading', { level: 1, name: 'Sign-in settings' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('ember');
  }, 180_000);

  it('comes back to the step it was left at, and never to one before there was an owner', async () => {
    await page.goto(`${panel.url}/setup?step=two-factor`);
    await page.getByText('Two-factor sign-in is on').waitFor();
    await look(page, 'setup-2-two-factor-on');
    await page.goto(`${panel.url}/setup?step=owner`);
    await page.waitForURL(/\/containers/);
    const stranger = await panel.page({ signedIn: false });
    await stranger.goto(`${panel.url}/setup?step=engine`);
    await stranger.waitForURL(/\/login/);
    await stranger.context().close();
  }, 60_000);

  it('has no accessibility violation and fits a phone in every step', () => {
    expect(problems()).toEqual([]);
  });
});

async function at(title: string, place: string): Promise<void> {
  const heading = page.getByRole('heading', { level: 1, name: title });
  await heading.waitFor();
  await page.getByRole('navigation', { name: 'Steps of the setup' }).getByText(place).waitFor();
  if (title !== 'Who owns this panel?')
    await page.waitForFunction((text) => document.activeElement?.textContent === text, title);
}

/** From where the focus is, with Tab, as somebody without a mouse. */
async function press(role: 'button' | 'link', name: string | RegExp): Promise<void> {
  const target = page.getByRole(role, { name, ...(typeof name === 'string' ? { exact: true } : {}) });
  await target.waitFor();
  for (let steps = 0; steps < 25; steps++) {
    if (await target.evaluate((element) => element === document.activeElement)) return page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
  }
  throw new Error(`No way to ${String(name)} by keyboard.`);
}
