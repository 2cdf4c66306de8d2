import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { engine, makeContainer } from './engine-api.ts';
import { look, problems } from './look.ts';
import { Panel, until } from './panel.ts';

const TEXT = 'zażółć gęślą jaźń — привет — 日本語 — 👩‍💻';

let panel: Panel;
let page: Page;
let id: string;
let engineId: string;

beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  const name = `shell-${panel.label.slice(-6)}`;
  engineId = await makeContainer(name, panel.label);
  id = await panel.idOf(name);
  page = await panel.page();
}, 120_000);
afterAll(async () => {
  await panel.stop();
}, 60_000);

const address = () => `/containers/${id}/shell`;
const rows = (on: Page = page) => on.locator('[data-slot="terminal"]:visible .xterm-rows');
/** What is drawn; a terminal draws each blank as one that does not break. */
const drawn = async (on: Page = page) => (await rows(on).innerText()).replaceAll('\u00a0', ' ');
const shows = (text: string | RegExp, on: Page = page) =>
  until(`the terminal shows ${String(text)}`, async () => {
    const all = await drawn(on);
    return typeof text === 'string' ? all.includes(text) : text.test(all);
  });
const live = (on: Page = page) => on.locator('[data-slot="terminal-link"][data-state="live"]').waitFor();
const type = async (line: string, on: Page = page) => {
  await on.locator('[data-slot="terminal"]:visible .xterm-helper-textarea').focus();
  await on.keyboard.insertText(line);
  await on.keyboard.press('Enter');
};
const execs = async () =>
  (await engine<{ ExecIDs: string[] | null }>('GET', `/containers/${engineId}/json`)).ExecIDs ?? [];

describe('a shell in a container (F7)', () => {
  it('begins at once, and carries every character both ways', async () => {
    await panel.open(page, address());
    await live();
    await shows(/[$#] /);
    await type(`echo '${TEXT}' > /tmp/typed; cat /tmp/typed; wc -c < /tmp/typed`);
    await shows(new RegExp(`\\n${TEXT}\\s`));
    await shows(new RegExp(`\\n${Buffer.byteLength(TEXT) + 1}\\s`));
  });

  it('is as large as its window', async () => {
    const size = async () => {
      await type('clear; stty size');
      await shows(/\d+ \d+\s/);
      return (/(\d+) (\d+)\s/.exec((await drawn()).replace(/.*stty size/, '')) ?? []).slice(1).map(Number);
    };
    const [, wide = 0] = await size();
    await page.setViewportSize({ width: 900, height: 700 });
    await until('it is narrower', async () => ((await size())[1] ?? wide) < wide - 20);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('ends what runs in front with Ctrl C', async () => {
    await type('clear; echo be"gun"; sleep 100; echo ne"ver"');
    await shows('begun');
    await page.keyboard.press('Control+c');
    await type('echo af"ter"');
    await shows('after');
    expect(await drawn()).not.toContain('never');
  });

  it('asks before several lines are pasted, and can make one of them', async () => {
    await type('clear');
    const paste = (text: string) =>
      page.locator('[data-slot="terminal"]:visible .xterm-helper-textarea').evaluate((area, pasted) => {
        const data = new DataTransfer();
        data.setData('text/plain', pasted);
        area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      }, text);
    await paste('echo one\necho two\n');
    const dialog = page.getByRole('dialog', { name: 'Paste 2 lines?' });
    await dialog.getByText('echo two').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await drawn()).not.toContain('two');
    await paste('echo three\necho four\n');
    await page.getByRole('button', { name: 'Paste as one line' }).click();
    await shows('echo three echo four');
    await page.keyboard.press('Enter');
    await shows(/\nthree echo four/);
  });

  it('takes 20 MB in one go, and the page goes on answering', async () => {
    await type('clear; dd if=/dev/zero bs=1024 count=20480 2>/dev/null | tr "\\000" "x" | fold -w 100; echo do"ne"');
    const startedAt = performance.now();
    const longest = page.evaluate<number>(
      `new Promise((resolve) => { let last = performance.now(), longest = 0; const beat = () => { const now = performance.now(); longest = Math.max(longest, now - last); last = now; if (document.querySelector('[data-slot="terminal"] .xterm-rows')?.textContent?.includes('done')) resolve(longest); else requestAnimationFrame(beat); }; beat(); })`,
    );
    await until('the end is shown', async () => (await drawn()).includes('done'), 30_000);
    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeLessThan(20_000);
    expect(await longest).toBeLessThan(1000);
  }, 60_000);

  it('comes back after its connection was lost, as it stands', async () => {
    await type('clear; echo be"fore"');
    await shows('before');
    const before = await execs();
    await panel.restartServer();
    await live();
    await shows('reconnected');
    await type('echo af"terwards"');
    await shows('afterwards');
    expect(await drawn()).toContain('before');
    expect(await execs()).toEqual(before);
  });

  it('is found again by who comes back to the page, and shown from elsewhere', async () => {
    await type('clear; echo st"ays"; export KEPT=yes');
    await shows('stays');
    await page.goto(`${panel.url}/containers`);
    await page.getByRole('link', { name: '1 shell open' }).click();
    await live();
    await shows('stays');
    await type('echo "KEPT is $KEPT"');
    await shows('KEPT is yes');
  });

  it('is looked on at by others, who can take it over', async () => {
    const other = await panel.page();
    await panel.open(other, address());
    await live(other);
    await other.getByText('Ada Lovelace types here; you look on.').waitFor();
    await shows('KEPT is yes', other);
    await type('clear; echo se"en"');
    await shows('seen', other);
    await type('echo re"fused"', other);
    await other.getByRole('button', { name: 'Take control' }).click();
    await page.getByText('Ada Lovelace types here; you look on.').waitFor();
    await type('echo mi"ne"', other);
    await shows('mine');
    expect(await drawn()).not.toContain('refused');
    await other.context().close();
    await until('it is typed to again', async () => (await page.getByText('you look on').count()) === 0);
  });

  it('does nothing that a program asks of it: no clipboard, no title, no answer to a reader', async () => {
    const title = await page.title();
    await type(`clear; printf '\\033]52;c;c3RvbGVu\\007\\033]0;stolen\\007\\033[8;5;5t'; echo as"ked"`);
    await shows('asked');
    expect(await page.title()).toBe(title);
    const box = await rows().boundingBox();
    expect(box?.width).toBeGreaterThan(300);
  });

  it('looks right', async () => {
    await type('clear; ls --color=always /; printf "\\033[31mred\\033[0m \\033[32mgreen\\033[0m\\n"');
    await shows('green');
    await look(page, 'shell');
    expect(problems()).toEqual([]);
  }, 60_000);

  it('is ended with its tab, and nothing of it is left', async () => {
    await page.getByRole('button', { name: /^End / }).click();
    await page.getByText('No shell is open here').waitFor();
    await until('the engine runs none', async () => (await execs()).length === 0);
    await page.getByRole('button', { name: 'New shell' }).last().click();
    await live();
    await type('exit 4');
    await page.getByText('Its exit code was 4.').waitFor();
  });

  it('says that the panel was started anew, keeps what is on the screen, and opens another', async () => {
    await page.getByRole('button', { name: 'New shell' }).last().click();
    await live();
    await type('clear; echo ke"pt"');
    await shows('kept');
    await panel.stopCore();
    await panel.startCore();
    await page.locator('[data-slot="banner"]').getByText('The panel was started anew, and the shell ended.').waitFor();
    expect(await drawn()).toContain('kept');
    await until('the engine runs none', async () => (await execs()).length === 0);
  });

  it('says that the container stopped', async () => {
    await page.getByRole('button', { name: 'New shell' }).last().click();
    await live();
    await engine('POST', `/containers/${engineId}/stop?t=1`);
    await page.locator('[data-slot="banner"]').getByText('The container stopped, and the shell with it.').waitFor();
  });
});
