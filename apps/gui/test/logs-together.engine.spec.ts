import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { KeptLogList, LogPage } from '@bailiwick/contract';
import { engine } from './engine-api.ts';
import { keepPicture, Panel, until } from './panel.ts';
import { violations } from './violations.ts';

/** Says its name and a number, again and again; now and then that something is wrong. */
const talks = (name: string, everyUs: number) => `
echo FATAL it began; echo DEBUG a number; echo TRACE a step; echo something else
n=0
while true; do
  n=$((n+1)); echo "INFO ${name} $n"
  # What is written to two streams at once has no order.
  [ $((n % 5)) -eq 0 ] && echo "WARN ${name} is slow" && usleep 5000 && echo "ERROR ${name} cannot answer" >&2 && usleep 5000
  usleep ${everyUs}
done
`;

let panel: Panel;
let page: Page;
const made: Record<'shop' | 'bank', { id: string; engineId: string; name: string }> = {
  shop: { id: '', engineId: '', name: '' },
  bank: { id: '', engineId: '', name: '' },
};
const together = () => `${panel.url}/logs?containers=${made.shop.id},${made.bank.id}`;

beforeAll(async () => {
  panel = await Panel.start({ env: { BAILIWICK_LOG_HISTORY: 'all' } });
  await panel.claim();
  for (const key of ['shop', 'bank'] as const) {
    made[key] = await begin(`${key}-${panel.label.slice(-6)}`, talks(key, key === 'shop' ? 200_000 : 500_000));
  }
  await until('both have said something', async () => {
    const pages = await Promise.all(
      Object.values(made).map(({ id }) => panel.api<LogPage>('GET', `/containers/${id}/logs`)),
    );
    return pages.every(({ lines }) => lines.length > 8);
  });
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

async function begin(name: string, script: string) {
  const { Id: engineId } = await engine<{ Id: string }>('POST', `/containers/create?name=${name}`, {
    Image: 'busybox:local',
    Cmd: ['sh', '-c', script],
    Labels: { 'bailiwick.test': '1', [panel.label]: '1' },
  });
  await engine('POST', `/containers/${engineId}/start`);
  return { engineId, name, id: await panel.idOf(name) };
}

const lines = () => page.locator('[data-slot="log-line"]');
const sources = async () => new Set(await page.locator('[data-slot="log-source"]').allTextContents());
const times = () =>
  page
    .locator('[data-slot="log-line"] time')
    .evaluateAll((all) => all.map((each) => each.getAttribute('datetime') ?? ''));

describe('several logs together', () => {
  it('are chosen in the list of containers', async () => {
    await panel.open(page, '/containers');
    for (const { name } of Object.values(made)) await page.getByRole('checkbox', { name: new RegExp(name) }).check();
    await page.getByRole('button', { name: 'More' }).last().click();
    await page.getByRole('menuitem', { name: 'Logs (2)' }).click();
    await page.waitForURL(/\/logs\?containers=/);
  }, 30_000);

  it('stand in the order of their times, each line with the name of its container, and go on', async () => {
    await page.goto(together());
    await until('both are there', async () => (await sources()).size === 2);
    expect(await sources()).toEqual(new Set(Object.values(made).map(({ name }) => name)));
    const before = await lines().last().textContent();
    await until('more comes', async () => (await lines().last().textContent()) !== before);
    const shown = await times();
    expect(shown).toEqual([...shown].sort());
    await until('it is profiled', async () => (await page.locator('[data-grave="error"]').count()) > 0);
    expect(await page.getByRole('img', { name: /Loaded lines over time/ }).isVisible()).toBe(true);
  }, 30_000);

  it('tells times against each other, and finds what does not match', async () => {
    await page.getByLabel('Times').selectOption('Delta');
    await until('differences', async () =>
      /^\s*\+\d\.\d{3}s$/.test((await lines().last().locator('time').textContent()) ?? ''),
    );
    await page.getByLabel('Times').selectOption('Age');
    await until('ages', async () => /^\s*-\d+s$/.test((await lines().last().locator('time').textContent()) ?? ''));
    await page.getByLabel('Times').selectOption('Local time');
    await page.getByRole('searchbox', { name: 'Search the log' }).fill('INFO');
    await page.getByRole('button', { name: 'Only lines that match' }).click();
    await page.getByRole('button', { name: 'Lines that do not match' }).click();
    await until('no line of it', async () => {
      const all = await lines().allTextContents();
      return all.length > 0 && all.every((text) => !text.includes('INFO '));
    });
    await page.getByRole('searchbox', { name: 'Search the log' }).fill('');
  }, 30_000);

  for (const scheme of ['dark', 'light'] as const)
    it(`has no flaw in ${scheme}, at 1440 and at 390`, async () => {
      const own = await panel.page({ colorScheme: scheme, viewport: { width: 1440, height: 900 } });
      await own.goto(together());
      await own.locator('[data-slot="severity-rail"] [data-grave]').first().waitFor();
      expect(await violations(own)).toEqual([]);
      const bar = await own.getByRole('toolbar').evaluate((each) => each.getBoundingClientRect().height);
      expect(await own.getByRole('group', { name: 'Levels' }).getByRole('button').count()).toBe(7);
      expect(bar).toBeLessThan(56);
      await keepPicture(own, `together-1440-${scheme}`);
      await own.setViewportSize({ width: 390, height: 844 });
      await own.locator('[data-slot="log-source"]').first().waitFor();
      await keepPicture(own, `together-390-${scheme}`);
      await own.context().close();
    }, 60_000);

  describe('searched further back', () => {
    const deep: Array<Awaited<ReturnType<typeof begin>>> = [];
    const needles = (name: string) => `
k=0
while [ $k -lt 5 ]; do k=$((k+1)); echo "INFO ${name} needle $k"; usleep 300000; done
seq 1 300 | sed 's/^/INFO ${name} filler /'
sleep 1000
`;
    const found = () => page.getByRole('list', { name: 'Older lines that match' }).getByRole('link');
    const progress = () => page.locator('[data-slot="older-progress"]').textContent();
    const open = async () => {
      await page.goto(`${panel.url}/logs?containers=${deep.map(({ id }) => id).join(',')}`);
      await page.locator('[data-slot="log-feed"][data-state="live"]').waitFor();
      await page.getByRole('searchbox', { name: 'Search the log' }).fill('needle');
    };
    const start = () => page.getByRole('button', { name: 'Search older lines' }).click();

    beforeAll(async () => {
      for (const key of ['deep', 'well', 'gone'])
        deep.push(await begin(`${key}-${panel.label.slice(-6)}`, needles(key)));
      await until('all is said', async () => {
        const pages = await Promise.all(
          deep.map(({ id }) => panel.api<LogPage>('GET', `/containers/${id}/logs?tail=1`)),
        );
        return pages.every(({ lines: [last] }) => last?.text.endsWith('filler 300') ?? false);
      });
    }, 60_000);

    it('are searched all, and what is found stands in the order of its time with the name of its log', async () => {
      await open();
      await start();
      await until('all of it is found', async () => (await found().count()) === 15);
      expect(await progress()).toMatch(/^Searched back to .* · 15 matches · the log begins there$/);
      const at = await found().locator('time').evaluateAll((all) => all.map((each) => each.getAttribute('datetime') ?? '')); // prettier-ignore
      expect(at).toEqual([...at].sort());
      const names = await found().locator('[data-slot="log-source"]').allTextContents();
      expect(new Set(names)).toEqual(new Set(deep.map(({ name }) => name)));
      await keepPicture(page, 'together-older');
    }, 30_000);

    it('open a line in its place among the lines of all', async () => {
      const words = await found().nth(4).locator('span').last().textContent();
      await found().nth(4).click();
      const row = page.locator('[data-slot="log-line"][data-marked="true"]');
      await until('its line is marked', async () => ((await row.textContent()) ?? '').endsWith(words ?? '-'));
      await until('the others are there', async () => (await sources()).size === 3);
      expect(new URL(page.url()).searchParams.get('containers')).toBe(deep.map(({ id }) => id).join(','));
    }, 30_000);

    it('stand as they stood at a moment that is jumped to', async () => {
      const { lines: some } = await panel.api<LogPage>('GET', `/containers/${deep[0]?.id}/logs?tail=1000`);
      const at = some.find(({ text }) => text.includes('needle 3'))?.at ?? '';
      await page.goto(`${panel.url}/logs?containers=${deep.map(({ id }) => id).join(',')}`);
      await page.locator('[data-slot="log-feed"][data-state="live"]').waitFor();
      await page.getByRole('log').focus();
      await page.keyboard.press('@');
      await page.getByLabel('Moment').fill(at);
      await page.getByRole('button', { name: 'Jump', exact: true }).click();
      const row = page.locator('[data-slot="log-line"][data-marked="true"]');
      await until('a line of that moment is marked', async () => /needle [23]/.test((await row.textContent()) ?? ''));
      await until('the lines of all are there, also what came since', async () => {
        await page.keyboard.press('End');
        return (await sources()).size > 0 && /filler 300/.test((await lines().last().textContent()) ?? '');
      });
      await until('all of them are loaded', async () =>
        /^915 lines loaded/.test((await page.locator('[data-slot="log-loaded"]').textContent()) ?? ''),
      );
    }, 30_000);

    it('can be stopped, and say which of them is refused', async () => {
      await open();
      let asked = 0;
      await page.route('**/matches?**', async (route) => {
        asked += 1;
        if (asked > 1) await new Promise((resolve) => setTimeout(resolve, 3000));
        await route.continue().catch(() => undefined); // the page has given it up
      });
      await start();
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await until('it has stopped', async () => (await progress())?.endsWith('stopped') ?? false);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      const gone = deep.at(-1);
      await engine('DELETE', `/containers/${gone?.engineId}?force=true`);
      await page.locator('[data-event="removed"]').first().waitFor();
      await start();
      await until('the others are searched', async () => (await found().count()) === 10);
      expect(await page.locator('[data-slot="older-refused"]').allTextContents()).toEqual([
        expect.stringMatching(new RegExp(`^${gone?.name}: .+`)),
      ]);
      expect(await progress()).toMatch(/10 matches · the log begins there$/);
      await keepPicture(page, 'together-older-refused');
    }, 30_000);
  });

  it('tell what had ended before at its time, among what the other said', async () => {
    const suffix = panel.label.slice(-6);
    const calm = await begin(`calm-${suffix}`, 'while true; do echo INFO calm; usleep 300000; done');
    const brief = await begin(`brief-${suffix}`, 'sleep 2; echo INFO brief; exit 3');
    const countOf = async ({ id }: { id: string }) =>
      (await panel.api<LogPage>('GET', `/containers/${id}/logs`)).lines.length;
    const ended = async () => {
      const { State } = await engine<{ State: { Running: boolean; FinishedAt: string } }>(
        'GET',
        `/containers/${brief.engineId}/json`,
      );
      return State.Running ? null : State.FinishedAt;
    };
    await until('it has ended', async () => (await ended()) !== null);
    const before = await countOf(calm);
    await until('the other went on', async () => (await countOf(calm)) > before + 4);
    const own = await panel.page();
    await own.goto(`${panel.url}/logs?containers=${calm.id},${brief.id}`);
    const end = own.locator('[data-event="stopped"]');
    await end.waitFor();
    expect(await end.textContent()).toContain(`brief-${suffix}: Container stopped with exit code 3`);
    const endedAtMs = Date.parse((await ended()) ?? '');
    await until('it stands between what was said before and what was said after', async () => {
      const rows = await own
        .locator('[data-slot="log-line"] time, [data-event="stopped"]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('datetime')));
      const at = rows.indexOf(null);
      const timesMs = rows.map((each) => Date.parse(each ?? ''));
      return (
        rows.filter((each) => each === null).length === 1 &&
        timesMs.slice(0, at).length > 3 &&
        timesMs.slice(at + 1).length > 4 &&
        timesMs.slice(0, at).every((each) => each <= endedAtMs) &&
        timesMs.slice(at + 1).every((each) => each >= endedAtMs)
      );
    });
    await keepPicture(own, 'together-ended');
    await own.context().close();
  }, 60_000);

  it('tell the end of one as a row, and go on with the other', async () => {
    await page.goto(together());
    const feed = () => page.locator('[data-slot="log-feed"]').getAttribute('data-state');
    await until('both are followed', async () => (await sources()).size === 2 && (await feed()) === 'live');
    await engine('DELETE', `/containers/${made.bank.engineId}?force=true`);
    const row = page.locator('[data-event="removed"]', { hasText: made.bank.name });
    await row.first().waitFor();
    const before = await lines().last().textContent();
    await until('the other goes on', async () => (await lines().last().textContent()) !== before);
    expect(await feed()).toBe('live');
  }, 60_000);

  it('keep what one said that is gone, to be read together with the other and alone', async () => {
    await until('it is kept', async () => {
      const { items } = await panel.api<KeptLogList>('GET', '/kept-logs');
      return items.some(({ id }) => id === made.bank.id);
    });
    await page.goto(together());
    await until('both are there', async () => (await sources()).size === 2);
    await page.goto(`${panel.url}/logs`);
    await keepPicture(page, 'kept-logs');
    await page
      .getByRole('row', { name: new RegExp(made.bank.name) })
      .getByRole('link', { name: 'Open' })
      .click();
    await page.getByText('This is what was kept of its log.').waitFor();
    await until('its lines', async () => (await lines().last().textContent())?.includes('bank') ?? false);
    expect(await page.locator('[data-event="removed"]').count()).toBeGreaterThan(0);
    await keepPicture(page, 'kept-log');
  }, 60_000);

  it('says how many cannot be read', async () => {
    await page.goto(`${together()},ct_aaaaaaaaaaaaaaaa`);
    await page.getByText('One log cannot be read').waitFor();
  }, 30_000);
});
