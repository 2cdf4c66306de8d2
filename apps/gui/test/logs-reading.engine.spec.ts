import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { LogPage } from '@bailiwick/contract';
import { engine } from './engine-api.ts';
import { keepPicture, Panel, until } from './panel.ts';
import { violations } from './violations.ts';

/** A trace, lines of JSON, and some seconds in which little is said. */
const SCRIPT = `
echo 'INFO the shop opens'
printf 'ERROR order 17 failed\\n    at Shop.sell (shop.js:10)\\n    at Till.pay (till.js:20)\\nCaused by: no change\\n    at Till.count (till.js:30)\\n'
echo 'INFO next customer'
echo '{"level":"info","msg":"sold","item":"tea","price":3,"customer":{"name":"Ann"}}'
echo '{"level":"warn","msg":"sold","price":4.5}'
echo 'a line that is no JSON'
n=0
while [ $n -lt 12 ]; do n=$((n+1)); echo "INFO tick $n"; usleep 400000; done
echo 'INFO the shop closes'
while true; do sleep 1; done
`;

let panel: Panel;
let page: Page;
let id: string;
const logs = () => `${panel.url}/containers/${id}/logs`;

beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  const name = `reading-${panel.label.slice(-6)}`;
  const { Id: engineId } = await engine<{ Id: string }>('POST', `/containers/create?name=${name}`, {
    Image: 'busybox:local',
    Cmd: ['sh', '-c', SCRIPT],
    StopTimeout: 1,
    Labels: { 'bailiwick.test': '1', [panel.label]: '1' },
  });
  await engine('POST', `/containers/${engineId}/start`);
  id = await panel.idOf(name);
  await until('all is said', async () => (await written()).some(({ text }) => text.includes('shop closes')), 30_000);
  page = await panel.page({ permissions: ['clipboard-read', 'clipboard-write'] });
}, 120_000);
afterAll(() => panel.stop(), 60_000);

const written = async () => (await panel.api<LogPage>('GET', `/containers/${id}/logs?tail=100`)).lines;
const open = async (on: Page, query = '') => {
  await on.goto(logs() + query);
  await on.locator('[data-slot="log-feed"][data-state="live"]').waitFor();
};
const line = (text: string, on = page) => on.locator('[data-slot="log-line"]', { hasText: text });
const marked = () => page.locator('[data-slot="log-line"][data-marked="true"]');
const search = () => page.getByRole('searchbox', { name: 'Search the log' });
const copied = () => page.evaluate<string>('navigator.clipboard.readText()');

describe('lines that go on with another', () => {
  const head = () => line('ERROR order 17 failed');
  const trace = () => line('Till.pay');

  it('stand folded under it, and open with the keyboard', async () => {
    await open(page);
    await head().getByRole('button', { name: 'Show 4 folded lines' }).waitFor();
    expect(await trace().count()).toBe(0);
    await page.getByRole('log').focus();
    await until('it is marked', async () => {
      await page.keyboard.press('ArrowUp');
      return ((await marked().textContent()) ?? '').includes('ERROR order 17 failed');
    });
    await page.keyboard.press('Enter');
    await trace().waitFor();
    expect(await head().getByRole('button').getAttribute('aria-expanded')).toBe('true');
    expect(await trace().getAttribute('data-level')).toBe('error');
    await page.keyboard.press('ArrowLeft');
    await trace().waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowRight');
    await trace().waitFor();
    await keepPicture(page, 'reading-open');
    await head().getByRole('button', { name: 'Fold 4 lines' }).click();
    await trace().waitFor({ state: 'detached' });
  }, 30_000);

  it('are copied whole while they are folded', async () => {
    await page.getByRole('button', { name: 'Copy line' }).click();
    await until('it is copied', async () => (await copied()).startsWith('ERROR order 17 failed'));
    expect((await copied()).split('\n')).toHaveLength(5);
    expect(await copied()).toContain('Till.count');
  }, 30_000);

  it('are found, and opened where they match', async () => {
    await search().fill('Till.count');
    await head().getByText('+4 lines, 1 match').waitFor();
    await search().press('Enter');
    await until('it is marked', async () => ((await marked().textContent()) ?? '').includes('Till.count'));
    await search().fill('');
  }, 30_000);

  it('are opened by a link to one of them', async () => {
    const linked = (await written()).find(({ text }) => text.includes('Till.count'));
    if (!linked) throw new Error('nothing to link to');
    await page.goto(`${logs()}?${new URLSearchParams({ at: linked.at, line: linked.cursor })}`);
    await until('it is marked', async () => ((await marked().textContent()) ?? '').includes('Till.count'));
  }, 30_000);

  it('stand by themselves where somebody wants that, also the next time', async () => {
    await open(page);
    await head().getByRole('button', { name: 'Show 4 folded lines' }).waitFor();
    await page.keyboard.press('z');
    await trace().waitFor();
    await page.reload();
    await trace().waitFor();
    expect(await head().getByRole('button').count()).toBe(0);
    await page.getByRole('button', { name: 'Fold lines that go on with another' }).click();
    await trace().waitFor({ state: 'detached' });
  }, 30_000);
});

for (const scheme of ['dark', 'light'] as const)
  it(`has no flaw in ${scheme}, at 1440 and at 390`, async () => {
    const own = await panel.page({
      colorScheme: scheme,
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
    });
    await open(own);
    await line('ERROR order 17 failed', own).getByRole('button', { name: 'Show 4 folded lines' }).click();
    await line('Till.count', own).waitFor();
    expect(await violations(own)).toEqual([]);
    await keepPicture(own, `reading-1440-${scheme}`);
    await own.setViewportSize({ width: 390, height: 844 });
    await line('Till.count', own).waitFor();
    expect(await own.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    await keepPicture(own, `reading-390-${scheme}`);
    await own.context().close();
  }, 60_000);
