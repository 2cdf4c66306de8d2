import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { engine, runInside } from './engine-api.ts';
import { keepPicture, Panel, until as holds } from './panel.ts';
import { violations } from './violations.ts';

const OLD = 450;
const BURST = 20_000;

/** Prints a past, waits for `/burst`, prints a burst, waits for `/tick`, and then counts slowly. */
const SCRIPT = `
trap 'exit 0' TERM
seq 1 ${OLD} | while read n; do echo "2026-11-21 09:00:00 INFO old $n"; done
sleep 0.5
printf '\\033[31mERROR\\033[0m cannot open <img src=x onerror="window.broken=1">\\n' >&2
while [ ! -e /burst ]; do sleep 0.1; done
i=0
while [ $i -lt ${BURST} ]; do
  seq $((i+1)) $((i+500)) | awk '{ if ($1 % 1000 == 0) print "WARN burst " $1 " near the limit"; else print "INFO burst " $1 " of many lines that are about as long as lines are" }'
  i=$((i+500)); usleep 100000
done
while [ ! -e /tick ]; do sleep 0.1; done
echo '{"level":50,"msg":"payment failed","order":"A-17","customer":{"name":"Ann"}}'
t=0
while true; do t=$((t+1)); echo "tick $t;"; usleep 200000; done
`;

let panel: Panel;
let page: Page;
let engineId: string;
let id: string;
const logs = () => `${panel.url}/containers/${id}/logs`;

beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  const name = `logs-${panel.label.slice(-6)}`;
  const created = await engine<{ Id: string }>('POST', `/containers/create?name=${name}`, {
    Image: 'busybox:local',
    Cmd: ['sh', '-c', SCRIPT],
    Labels: { 'bailiwick.test': '1', [panel.label]: '1' },
  });
  engineId = created.Id;
  await engine('POST', `/containers/${engineId}/start`);
  id = await panel.idOf(name);
  await until('its past is written', async () => {
    const { lines } = await panel.api<{ lines: { text: string }[] }>('GET', `/containers/${id}/logs?tail=1`);
    return lines[0]?.text.includes('cannot open') ?? false;
  });
  page = await panel.page();
}, 120_000);
afterAll(async () => {
  await panel.stop();
}, 60_000);

const viewport = () => page.getByRole('log');
const lines = () => page.locator('[data-slot="log-line"]');
const lastLine = async () => (await lines().last().textContent()) ?? '';
const loaded = async () =>
  Number(/^([\d,]+)/.exec(await page.locator('[data-slot="log-loaded"]').innerText())?.[1]?.replaceAll(',', '') ?? 0);
const matchCount = () => page.locator('[data-slot="match-count"]').innerText();
const feed = () => page.locator('[data-slot="log-feed"]').getAttribute('data-state');
/** As `until`; what was on the page instead is part of the failure. */
const until = (...waited: Parameters<typeof holds>) =>
  holds(...waited).catch(async (error: unknown) => {
    throw new Error(`${String(error)}\n${await shown(page)}`, { cause: error });
  });
const shown = (on: Page) =>
  on.evaluate<string>(
    `[location.href, ...['log-feed', 'log-loaded', 'log-resume'].map((slot) => slot + ': ' + document.querySelector('[data-slot="' + slot + '"]')?.textContent), 'scrolled to ' + document.querySelector('[role="log"]')?.scrollTop + ' of ' + document.querySelector('[role="log"]')?.scrollHeight, 'marked: ' + document.querySelector('[data-marked="true"]')?.textContent, ...[...document.querySelectorAll('[data-slot="log-line"], [data-event], [data-sonner-toast]')].slice(-12).map((row) => row.textContent)].join('\\n')`,
  );
const markedLine = async () => (await page.locator('[data-slot="log-line"][data-marked="true"]').textContent()) ?? '';
const search = () => page.getByRole('searchbox', { name: 'Search the log' });

/** Makes a file in the container, which is what its script waits for. */
async function signal(file: string): Promise<void> {
  await runInside(engineId, ['touch', file]);
}

describe('the log of a container (F6)', () => {
  it('can be read without JavaScript', async () => {
    const plain = await panel.page({ javaScriptEnabled: false });
    await plain.goto(logs());
    expect(await plain.getByRole('log').textContent()).toContain('cannot open <img src=x onerror=');
    await plain.context().close();
  }, 30_000);

  it('shows the newest lines and follows', async () => {
    await page.goto(logs());
    await until('it is live', async () => (await feed()) === 'live');
    expect(await lastLine()).toContain('cannot open');
    expect(await page.getByRole('button', { name: 'Pause' }).isVisible()).toBe(true);
  }, 30_000);

  it('shows what a program wrote as text and its colour as a token', async () => {
    expect(await page.evaluate('window.broken')).toBeUndefined();
    expect(await lines().last().locator('.text-ansi-red').textContent()).toBe('ERROR');
    expect(await lines().last().getAttribute('data-level')).toBe('error');
  });

  it('reads older lines while one scrolls up, until the log begins', async () => {
    await viewport().hover();
    await until('the log begins here', async () => {
      await page.mouse.wheel(0, -4000);
      return page.getByText('The log begins here').isVisible();
    });
    expect(await loaded()).toBe(OLD + 1);
    await page.keyboard.press('g');
    await page.keyboard.press('g');
    await until('the first line is shown', async () => ((await lines().first().textContent()) ?? '').endsWith('old 1'));
    await page.keyboard.press('End');
    await until('it follows again', async () => (await lastLine()).includes('cannot open'));
  }, 30_000);

  it('takes a burst of 5,000 lines a second without losing one', async () => {
    await signal('/burst');
    await until(
      'the last line of the burst is shown',
      async () => (await lastLine()).includes(`burst ${BURST} `),
      60_000,
    );
    expect(await loaded()).toBe(OLD + 1 + BURST);
    expect(await page.locator('[data-slot="log-gap"]').count()).toBe(0);
    await keepPicture(page, 'f6-1-burst');
  }, 90_000);

  it('counts matches and goes through them', async () => {
    await search().fill('near the limit');
    await until('matches are counted', async () => (await matchCount()) === '20 matches');
    await search().press('Enter');
    await until('the first jump is marked', async () => (await matchCount()).endsWith('of 20'));
    const first = await matchCount();
    await viewport().focus();
    await page.keyboard.press('n');
    await until('the next match', async () => (await matchCount()) !== first);
    await page.keyboard.press('Shift+N');
    await until('back again', async () => (await matchCount()) === first);
    expect(await markedLine()).toContain('near the limit');
    await keepPicture(page, 'f6-2-search');
  }, 30_000);

  it('takes expressions, and says when one is not finished', async () => {
    await page.getByRole('button', { name: 'Regular expression' }).click();
    await search().fill('burst 1\\d{4} near');
    await until('10,000 to 19,000', async () => (await matchCount()) === '10 matches');
    await search().fill('burst (');
    await until('it is not finished', async () => (await matchCount()).includes('not a regular expression'));
  }, 30_000);

  it('drops an expression that never comes back instead of standing still', async () => {
    await search().fill('(([a-z ]+)+)+;$');
    await page.getByText('took longer than 2 seconds').waitFor();
    await until('it is live again', async () => (await feed()) === 'live');
    expect(await search().inputValue()).toBe('');
    await page.getByRole('button', { name: 'Close toast' }).click();
  }, 30_000);

  it('keeps the filter in the address', async () => {
    await page.goto(logs());
    await page.getByRole('button', { name: /^Error/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Warning/ }).click();
    await page.waitForURL(/level=warn/);
    await until(
      'only warnings are shown',
      async () => (await lines().count()) === (await page.locator('[data-level="warn"]').count()),
    );
    await page.reload();
    await until(
      'still only warnings',
      async () =>
        (await feed()) === 'live' &&
        (await lines().count()) > 0 &&
        (await lines().count()) === (await page.locator('[data-level="warn"]').count()),
    );
    await viewport().focus();
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.search.includes('level'));
  }, 30_000);

  it('counts what comes while paused, and goes on from there', async () => {
    await page.goto(logs());
    await until('it is live', async () => (await feed()) === 'live');
    await page.getByRole('button', { name: 'Pause' }).click();
    const scrolled = () => viewport().evaluate((box) => box.scrollTop);
    const before = await scrolled();
    await signal('/tick');
    const resume = page.getByRole('button', { name: /new lines? · Resume/ });
    await resume.waitFor();
    expect(await scrolled()).toBe(before);
    await resume.click();
    await until('the ticks are shown', async () => (await lastLine()).includes('tick'));
  }, 30_000);

  it('shows the linked line to somebody else', async () => {
    await until('some ticks', async () => /tick \d/.test(await lastLine()));
    const { lines: some } = await panel.api<{ lines: { at: string; cursor: string; text: string }[] }>(
      'GET',
      `/containers/${id}/logs?tail=400`,
    );
    const line = some[100];
    if (!line) throw new Error('no line to link to');
    const other = await panel.page();
    await other.goto(`${logs()}?${new URLSearchParams({ at: line.at, line: line.cursor })}`);
    const marked = other.locator('[data-slot="log-line"][data-marked="true"]');
    await marked.waitFor().catch(async (error: unknown) => {
      throw new Error(`${String(error)}\n${await shown(other)}`, { cause: error });
    });
    expect(await marked.textContent()).toContain(line.text);
    expect(
      await marked.evaluate(
        (row) => row.getBoundingClientRect().top > 0 && row.getBoundingClientRect().bottom < window.innerHeight,
      ),
    ).toBe(true);
    await keepPicture(other, 'f6-3-permalink');
    await other.context().close();
  }, 30_000);

  it('finds older lines that are not loaded, and opens their place', async () => {
    await page.goto(logs());
    await until('it is live', async () => (await feed()) === 'live');
    await search().fill('INFO old 44');
    await page.getByRole('button', { name: 'Search older lines' }).click();
    const found = page.getByRole('list', { name: 'Older lines that match' }).getByRole('link');
    await until('all of them are found', async () => (await found.count()) === 11);
    expect(await page.locator('[data-slot="older-progress"]').textContent()).toMatch(
      /^Searched back to .* · 11 matches · the log begins there$/,
    );
    await keepPicture(page, 'f6-8-older');
    await found.first().click();
    await until('its line is marked', async () => (await markedLine()).endsWith('INFO old 44'));
    expect(await search().inputValue()).toBe('INFO old 44');
    await page.goto(logs());
    await until('it follows again', async () => (await feed()) === 'live' && (await lastLine()).includes('tick'));
  }, 30_000);

  it('reads a line of JSON shortly, opens its fields, and shows the lines with one of its values', async () => {
    await page.goto(logs());
    await until('it is live', async () => (await feed()) === 'live');
    await search().fill('payment failed');
    await until('it is found', async () => (await matchCount()) === '1 match');
    await search().press('Enter');
    await until('it is marked', async () => (await markedLine()).includes('payment failed'));
    const line = page.locator('[data-slot="log-line"][data-marked="true"]');
    expect(await line.textContent()).toMatch(/payment failed order=A-17 customer=\{…\}$/);
    expect(await line.getAttribute('data-level')).toBe('error');
    expect(await line.locator('mark').textContent()).toBe('payment failed');
    await page.getByRole('button', { name: 'Show fields' }).last().click();
    const fields = page.locator('[data-slot="line-fields"]');
    await fields.getByRole('button', { name: 'Ann' }).waitFor();
    await keepPicture(page, 'f6-9-fields');
    await fields.getByRole('button', { name: 'A-17' }).click();
    await until('the value is searched for', async () => (await search().inputValue()) === '"order":"A-17"');
    await until('only its line is shown', async () => (await lines().count()) === 1);
    await page.getByRole('button', { name: 'Close the fields' }).click();
    await page.getByRole('button', { name: 'Read JSON lines shortly' }).click();
    await until(
      'it is shown as written',
      async () => (await lines().first().textContent())?.includes('{"level":50') ?? false,
    );
    await page.getByRole('button', { name: 'Read JSON lines shortly' }).click();
  }, 30_000);

  it('jumps to a moment, and says what is no moment', async () => {
    await page.goto(logs());
    await until('it is live', async () => (await feed()) === 'live');
    const { lines: some } = await panel.api<{ lines: { at: string; text: string }[] }>(
      'GET',
      `/containers/${id}/logs?tail=2000`,
    );
    const line = some[100];
    if (!line) throw new Error('no line to jump to');
    await viewport().focus();
    await page.keyboard.press('@');
    await page.getByLabel('Moment').fill('soon');
    await page.getByRole('button', { name: 'Jump', exact: true }).click();
    await page.getByText('This is no moment.').waitFor();
    await page.getByLabel('Moment').fill(line.at);
    await page.getByRole('button', { name: 'Jump', exact: true }).click();
    await page.waitForURL(/at=/);
    const marked = page.locator('[data-slot="log-line"][data-marked="true"] time');
    await until('the last line before that moment is marked', async () => {
      const at = (await marked.count()) === 1 ? await marked.getAttribute('datetime') : null;
      // A moment in an address is a millisecond, in which a burst has many lines.
      const before = at === null ? -1 : Date.parse(line.at) - Date.parse(at);
      return before >= 0 && before < 1000;
    });
    await page.goto(logs());
    await until('it follows again', async () => (await feed()) === 'live' && (await lastLine()).includes('tick'));
  }, 30_000);

  it('comes back after the core was away with every line once', async () => {
    await panel.stopCore();
    await until('it says so', async () => (await feed()) === 'reconnecting');
    await keepPicture(page, 'f6-4-reconnecting');
    await panel.startCore();
    const ticks = async () => (await feed()) === 'live' && /tick \d/.test(await lastLine());
    await until('new ticks come', ticks, 30_000);
    await page.getByRole('button', { name: 'Pause' }).click();
    await search().fill('tick');
    await until('ticks are counted', async () => /^\d+ matches$/.test(await matchCount()));
    await search().fill('');
    // What was written meanwhile may be more than a screen: where it came back is looked for above.
    const back = page.locator('[data-event="reconnected"]');
    await until('it says where it came back', async () => {
      if (await back.isVisible()) return true;
      await viewport().evaluate((box) => box.scrollBy(0, -box.clientHeight / 2));
      return false;
    });
    const seen = (await page.evaluate<string>(allTicks)).split(' ').map(Number);
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => (seen[0] ?? 0) + index));
    expect(seen.length).toBeGreaterThan(5);
  }, 90_000);

  it('downloads what the engine has', async () => {
    const link = page.getByRole('link', { name: 'Download' });
    const response = await page.request.get(`${panel.url}${(await link.getAttribute('href')) ?? ''}`);
    expect(response.headers()['content-disposition']).toMatch(/^attachment; filename="logs-/);
    const text = (await response.text()).split('\n');
    expect(text.filter((line) => line.includes(' old '))).toHaveLength(OLD);
    expect(text.filter((line) => / burst /.test(line))).toHaveLength(BURST);
  }, 60_000);

  it.each(['light', 'dark'] as const)(
    'has no barrier in %s',
    async (scheme) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.goto(logs());
      await until('it is live', async () => (await feed()) === 'live');
      expect(await violations(page)).toEqual([]);
      await keepPicture(page, `f6-5-${scheme}`);
    },
    30_000,
  );

  it('fits a phone, with its controls in a sheet', async () => {
    const phone = await panel.page({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      colorScheme: 'dark',
      reducedMotion: 'reduce',
    });
    await phone.goto(logs());
    await phone.locator('[data-slot="log-feed"][data-state="live"]').waitFor();
    expect(await phone.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    await keepPicture(phone, 'f6-6-phone');
    await phone.getByRole('button', { name: 'Options' }).click();
    await phone.getByRole('dialog').getByRole('button', { name: 'Wrap lines' }).waitFor();
    await keepPicture(phone, 'f6-7-phone-options');
    await phone.context().close();
  }, 30_000);

  it('says when the container stops, with the exit code', async () => {
    await engine('POST', `/containers/${engineId}/stop?t=1`);
    await page.locator('[data-event="stopped"]').waitFor();
    expect(await page.locator('[data-event="stopped"]').last().textContent()).toMatch(
      /Container stopped with exit code \d+/,
    );
  }, 30_000);
});

/** The numbers of the ticks on the page, in their order. */
const allTicks = `[...document.querySelectorAll('[data-slot="log-line"]')].map((row) => /tick (\\d+);/.exec(row.textContent)?.[1]).filter(Boolean).join(' ')`;
