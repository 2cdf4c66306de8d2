import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import readQr from 'jsqr';
import type { Locator, Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { OWNER, Panel, PASSWORD } from './panel.ts';
import { totp } from './totp.ts';

let panel: Panel;
let secret: string;
let recoveryCodes: string[];

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  for (const username of ['bob', 'mia'])
    await panel.api('POST', '/users', { username, displayName: username, password: PASSWORD });
  await panel.api('PUT', '/settings/two-factor', { requiredFor: ['member'] });
}, 90_000);
afterAll(() => panel.stop(), 60_000);

describe('two-factor sign-in', () => {
  it('is set up with a picture an app can read, and turned on by a code of it', async () => {
    const page = await panel.page();
    await page.goto(`${panel.url}/account/two-factor`);
    await look(page, 'two-factor-off');
    await page.getByRole('button', { name: 'Set up' }).click();
    const picture = page.getByRole('img', { name: /picture an authenticator app reads/ });
    await picture.waitFor();
    await look(page, 'two-factor-set-up');
    const uri = new URL(await read(picture));
    secret = uri.searchParams.get('secret') ?? '';
    expect(decodeURIComponent(uri.pathname)).toBe(`/Bailiwick:${OWNER.username}@default`);
    expect((await page.locator('[data-slot=two-factor-secret]').innerText()).replaceAll(' ', '')).toBe(secret);

    const field = page.getByLabel('Code of the app');
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
    await field.fill(totp(secret, 5));
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByText('This code is wrong').waitFor();
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    const code = totp(secret);
    await field.fill(` ${code.slice(0, 3)} ${code.slice(3)} `);
    await field.press('Enter');
    await page.getByRole('heading', { name: 'Keep these recovery codes' }).waitFor();
    recoveryCodes = await page.locator('main li').allInnerTexts();
    expect(recoveryCodes).toHaveLength(10);
    await look(page, 'two-factor-codes');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(
      readFileSync(await file.path(), 'utf8')
        .split('\n')
        .slice(2, 12),
    ).toEqual(recoveryCodes);
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('10 recovery codes are left').waitFor();
    await look(page, 'two-factor-on');
    await page.getByRole('button', { name: 'Turn off' }).click();
    await look(page, 'two-factor-turn-off');
    await page.context().close();
  }, 120_000);

  it('asks for the code after the password, says what is wrong with it, and lets its person in', async () => {
    const page = await panel.page({ signedIn: false });
    await password(page, OWNER.username);
    const field = page.getByLabel('Code', { exact: true });
    await field.waitFor();
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
    await look(page, 'sign-in-code');
    await field.fill('12');
    await field.press('Enter');
    await page.getByText('A code has six digits.').waitFor();
    await field.fill(totp(secret, 5));
    await field.press('Enter');
    await page.getByText('This code is wrong').waitFor();
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await look(page, 'sign-in-code-wrong');
    await field.fill(totp(secret, 1));
    await field.press('Enter');
    await page.waitForURL(/\/containers/);
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/login/);
    await page.context().close();
  }, 120_000);

  it('takes a recovery code where the app is lost, once', async () => {
    const page = await panel.page({ signedIn: false });
    const [code = ''] = recoveryCodes;
    await password(page, OWNER.username);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    const field = page.getByLabel('Recovery code');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await look(page, 'sign-in-recovery-code');
    await field.fill(code.toUpperCase());
    await field.press('Enter');
    await page.waitForURL(/\/containers/);
    await page.goto(`${panel.url}/account/two-factor`);
    await page.getByText('9 recovery codes are left').waitFor();
    await page.context().clearCookies();
    await password(page, OWNER.username);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await field.fill(code);
    await field.press('Enter');
    await page.getByText('This code is wrong').waitFor();
    await page.getByRole('button', { name: 'Start again' }).click();
    await page.getByLabel('Password', { exact: true }).waitFor();
    await page.context().close();
  }, 120_000);

  it('is set up in place of every page by who must have it, and the page they wanted follows', async () => {
    const page = await panel.page({ signedIn: false });
    await password(page, 'bob', '/activity');
    await page.getByRole('heading', { name: 'Set up two-factor sign-in' }).waitFor();
    await page.goto(`${panel.url}/activity`);
    await page.getByRole('heading', { name: 'Set up two-factor sign-in' }).waitFor();
    await look(page, 'two-factor-must');
    await page.getByRole('button', { name: 'Set up' }).click();
    const shown = page.locator('[data-slot=two-factor-secret]');
    await shown.waitFor();
    await look(page, 'two-factor-must-set-up');
    await page.getByLabel('Code of the app').fill(totp((await shown.innerText()).replaceAll(' ', '')));
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor();
    await page.goto(`${panel.url}/account/two-factor`);
    await page.getByText('Your role needs it').waitFor();
    expect(await page.getByRole('button', { name: 'Turn off' }).count()).toBe(0);
    await page.context().close();
  }, 120_000);

  it('lets who must have it sign out instead', async () => {
    const page = await panel.page({ signedIn: false });
    await password(page, 'mia');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(/\/login/);
    await page.context().close();
  }, 60_000);

  it('has no accessibility violation and fits a phone in every one of these states', () => {
    expect(problems()).toEqual([]);
  });
});

async function password(page: Page, username: string, next = '/containers'): Promise<void> {
  await page.goto(`${panel.url}/login?next=${encodeURIComponent(next)}`);
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** As the camera of an app would. */
async function read(picture: Locator): Promise<string> {
  const { pixels, width, height } = await picture.evaluate(async (image) => {
    if (!(image instanceof HTMLImageElement)) throw new Error('That is no picture.');
    await image.decode();
    const canvas = document.createElement('canvas');
    const size = 400;
    canvas.width = size;
    canvas.height = size;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('There is nothing to draw on.');
    context.drawImage(image, 0, 0, size, size);
    return { pixels: [...context.getImageData(0, 0, size, size).data], width: size, height: size };
  });
  const code = readQr(new Uint8ClampedArray(pixels), width, height);
  if (!code) throw new Error('The picture cannot be read.');
  return code.data;
}
