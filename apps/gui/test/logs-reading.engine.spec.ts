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
let engineId: string;
const logs = () => `${panel.url}/containers/${id}/logs`;

beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  const name = `reading-${panel.label.slice(-6)}`;
  const made = await engine<{ Id: string }>('POST', `/containers/create?name=${name}`, {
    Image: 'busybox:local',
    Cmd: ['sh', '-c', SCRIPT],
    StopTimeout: 1,
    Labels: { 'bailiwick.test': '1', [panel.label]: '1' },
  });
  engineId = made.Id;
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
    await head().getByRole('button', { name: '+4 lines' }).waitFor();
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
    await head().getByRole('button', { name: '+4 lines' }).click();
    await trace().waitFor({ state: 'detached' });
  }, 30_000);

  it('are copied whole while they are folded', async () => {
    await page.getByRole('button', { name: 'Copy line' }).click();
    await until('it is copied', async () => (await copied()).startsWith('ERROR order 17 failed'));
    expect((await copied()).split('\n')).toHaveLength(5);
    expect(await copied()).toContain('Till.count');
    await page.getByRole('button', { name: 'As Markdown' }).click();
    await until('it is copied as a block of code', async () => (await copied()).startsWith('```text\nERROR order 17'));
    expect((await copied()).trimEnd().split('\n').at(-1)).toBe('```');
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
    await head().getByRole('button', { name: '+4 lines' }).waitFor();
    await page.keyboard.press('z');
    await trace().waitFor();
    await page.reload();
    await trace().waitFor();
    expect(await head().getByRole('button').count()).toBe(0);
    await page.getByRole('button', { name: 'Fold lines that go on with another' }).click();
    await trace().waitFor({ state: 'detached' });
  }, 30_000);
});

describe('the fields of lines of JSON', () => {
  const cells = (text: string, on = page) => line(text, on).locator('[data-slot="log-cell"]').allTextContents();
  const heads = (on = page) => on.getByRole('group', { name: 'Columns' });

  it('stand in the columns somebody chose, with the keyboard', async () => {
    await open(page);
    await page.getByRole('log').focus();
    await until('it is marked', async () => {
      await page.keyboard.press('ArrowUp');
      return ((await marked().textContent()) ?? '').includes('item=tea');
    });
    await page.getByRole('button', { name: 'Show fields' }).last().press('Enter');
    await page.getByRole('button', { name: 'Show price as a column' }).press('Enter');
    await page.getByRole('button', { name: 'Show customer.name as a column' }).press('Enter');
    await until('both are there', async () => (await cells('item=tea')).join() === '3,Ann');
    expect(await cells('4.5')).toEqual(['4.5', '']);
    expect(await line('a line that is no JSON').textContent()).toMatch(/a line that is no JSON$/);
    expect(await cells('a line that is no JSON')).toEqual([]);
    expect(await line('item=tea').textContent()).not.toContain('price=');
    const [head, cell] = await Promise.all([
      heads().getByText('customer.name').boundingBox(),
      line('item=tea').getByText('Ann', { exact: true }).boundingBox(),
    ]);
    expect(Math.abs((head?.x ?? 0) - (cell?.x ?? 99))).toBeLessThan(2);
    expect(head?.y ?? 99).toBeLessThan(cell?.y ?? 0);
    await search().fill('Ann');
    await line('item=tea').locator('[data-slot="log-cell"] mark').waitFor();
    await search().fill('');
  }, 30_000);

  it('are remembered for this log, and go again', async () => {
    await open(page);
    await heads().getByText('customer.name').waitFor();
    await heads().getByRole('button', { name: 'No column for price' }).press('Enter');
    await until('it is gone', async () => (await cells('item=tea')).join() === 'Ann');
    expect(await line('item=tea').textContent()).toContain('price=3');
    await heads().getByRole('button', { name: 'No column for customer.name' }).click();
    await heads().waitFor({ state: 'detached' });
    expect(await cells('item=tea')).toEqual([]);
  }, 30_000);

  it('are chosen on a phone as well', async () => {
    const phone = await panel.page({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'dark' }); // prettier-ignore
    await open(phone);
    await line('item=tea', phone).getByRole('button', { name: 'Show fields' }).tap();
    await phone.getByRole('button', { name: 'Show price as a column' }).tap();
    await phone.getByRole('button', { name: 'Show item as a column' }).tap();
    await until('both are there', async () => (await cells('customer=', phone)).join() === '3,tea');
    expect(await phone.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    await keepPicture(phone, 'columns-phone-fields');
    await phone.getByRole('button', { name: 'Close the fields' }).tap();
    await keepPicture(phone, 'columns-phone');
    expect(await violations(phone)).toEqual([]);
    await phone.context().close();
  }, 60_000);
});

describe('a span of time', () => {
  const strip = () => page.locator('[data-slot="log-histogram"]');
  const notice = () => page.locator('[data-slot="log-span"]');
  const drag = async (from: number, to: number) => {
    const box = await strip().boundingBox();
    if (!box) throw new Error('no strip of bars');
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * from, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * ((from + to) / 2), y);
    await page.locator('[data-slot="log-choice"]').waitFor();
    await page.mouse.move(box.x + box.width * to, y);
    await page.mouse.up();
  };

  it('is drawn over the bars, shows its lines and no other, and stands in the address', async () => {
    await open(page);
    await strip().waitFor();
    await drag(0.5, 0.995);
    await notice()
      .getByText(/^Only 2.* to 2/)
      .waitFor();
    await line('shop closes').waitFor();
    expect(await line('shop opens').count()).toBe(0);
    expect(await line('tick 2').count()).toBe(0);
    await keepPicture(page, 'reading-span');
    const params = new URL(page.url()).searchParams;
    const within = (await written()).filter(({ at }) => {
      const atMs = Date.parse(at);
      return atMs >= Date.parse(params.get('from') ?? '') && atMs <= Date.parse(params.get('to') ?? '');
    });
    expect(within.length).toBeGreaterThan(3);
    expect(await page.locator('[data-slot="log-line"]').count()).toBe(within.length);
    await page.reload();
    await line('shop closes').waitFor();
    await until('the worker shows it', async () => (await page.locator('[data-slot="log-line"]').count()) === within.length); // prettier-ignore
    await page.getByRole('button', { name: 'Show all times' }).click();
    await line('shop opens').waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page.goBack();
    await notice().waitFor();
    await page.goBack();
  }, 30_000);

  it('is chosen with the keyboard, and let go with Escape', async () => {
    await open(page);
    const slider = page.getByRole('slider', { name: 'Choose a span of time' });
    await slider.focus();
    await page.keyboard.press('Home');
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('Shift+ArrowRight');
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^2.* to 2.*: \d+ lines$/);
    await page.keyboard.press('Enter');
    await notice().waitFor();
    await line('shop opens').waitFor();
    expect(await line('shop closes').count()).toBe(0);
    await page.getByRole('log').focus();
    await page.keyboard.press('Escape');
    await notice().waitFor({ state: 'detached' });
    await line('shop closes').waitFor();
  }, 30_000);

  it('still jumps to the time of one bar', async () => {
    await open(page);
    await strip().waitFor();
    const box = await strip().boundingBox();
    await page.mouse.click((box?.x ?? 0) + 3, (box?.y ?? 0) + 12);
    await until('a line of it is marked', async () => (await marked().count()) === 1);
    expect(await notice().count()).toBe(0);
  }, 30_000);
});

describe('the viewer', () => {
  const box = () => page.getByRole('region', { name: /^Logs of/ }).boundingBox();
  /** Letters that come late move what is above it a little. */
  const isBack = async (before: Awaited<ReturnType<typeof box>>) => {
    const now = await box();
    return (
      now?.x === before?.x && now?.width === before?.width && Math.abs((now?.height ?? 0) - (before?.height ?? 99)) < 9
    );
  };

  it('fills the window, and gives it back', async () => {
    await open(page);
    const before = await box();
    await page.getByRole('log').focus();
    await page.keyboard.press('Shift+F');
    await until('it fills the window', async () => {
      const { x, y, width, height } = (await box()) ?? { x: -1, y: -1, width: 0, height: 0 };
      return x === 0 && y === 0 && width === 1440 && height === 900;
    });
    expect(await violations(page)).toEqual([]);
    await keepPicture(page, 'reading-full');
    await page.keyboard.press('Escape');
    await until('it is where it was', () => isBack(before));
    await page.getByRole('button', { name: 'Fill the window' }).click();
    await until('it fills the window', async () => (await box())?.height === 900);
    await page.getByRole('button', { name: 'Fill the window' }).click();
    await until('it is where it was', () => isBack(before));
  }, 30_000);

  it('is searched with the keys a browser is searched with, from within', async () => {
    await page.getByRole('log').focus();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('closes');
    await until('it is found', async () => (await search().inputValue()) === 'closes');
    await line('shop closes').locator('mark').waitFor();
    await search().fill('');
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
    await line('ERROR order 17 failed', own).getByRole('button', { name: '+4 lines' }).click();
    await line('Till.count', own).waitFor();
    await line('item=tea', own).getByRole('button', { name: 'Show fields' }).click();
    for (const name of ['price', 'customer.name'])
      await own.getByRole('button', { name: `Show ${name} as a column` }).click();
    await own.locator('[data-slot="log-cell"]').first().waitFor();
    expect(await violations(own)).toEqual([]);
    await keepPicture(own, `reading-1440-${scheme}`);
    await own.setViewportSize({ width: 390, height: 844 });
    await line('Till.count', own).waitFor();
    expect(await own.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    await keepPicture(own, `reading-390-${scheme}`);
    await own.context().close();
  }, 60_000);

it('says new errors to a screen reader where somebody wants that, and nothing else', async () => {
  const said = page.locator('#announce-assertive');
  await open(page);
  expect((await said.textContent()) ?? '').toBe('');
  await page.getByRole('button', { name: 'Announce new errors' }).click();
  await engine('POST', `/containers/${engineId}/restart?t=1`);
  await until('it is said', async () => /^An error: .*order 17 failed/.test((await said.textContent()) ?? ''), 20_000);
  await page.getByRole('button', { name: 'Announce new errors' }).click();
}, 40_000);
