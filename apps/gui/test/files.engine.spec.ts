import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FileContent, FileList } from '@bailiwick/contract';
import type { Locator, Page } from 'playwright-core';
import { engine, isRunning, makeContainer, runInside } from './engine-api.ts';
import { look, problems } from './look.ts';
import { addMember, give, pageOf } from './member.ts';
import { Panel, until } from './panel.ts';

const MADE = [
  'mkdir -p /srv/site/assets /srv/site/void /srv/many',
  'cd /srv/site',
  'touch page10.html page2.html .hidden',
  'printf "one\\r\\ntwo\\r\\n" > windows.txt',
  'printf "\\357\\273\\277{\\n  \\"name\\": \\"site\\"\\n}\\n" > settings.json',
  'head -c 3000 /dev/urandom > picture.bin',
  'ln -s /srv/site/assets short',
  'ln -s windows.txt same.txt',
  'for n in $(seq 1 20000); do echo "line $n of a long file of many lines"; done > long.log',
  'cd /srv/many; for n in $(seq 1 300); do : > file$n; done',
].join('\n');

let panel: Panel;
let page: Page;
let id: string;
let engineId: string;

beforeAll(async () => {
  panel = await Panel.start();
  await panel.claim();
  const name = `files-${panel.label.slice(-6)}`;
  engineId = await makeContainer(name, panel.label);
  await inside(MADE);
  id = await panel.idOf(name);
  page = await panel.page();
}, 120_000);
afterAll(async () => {
  await panel.stop();
}, 60_000);

/** Behind the panel's back, as a program in the container. */
async function inside(script: string): Promise<void> {
  const started = await runInside(engineId, ['sh', '-c', script]);
  await until('it has ended', async () => !(await isRunning(started)));
}

const address = (query: string) => `/containers/${id}/files${query}`;
const textOf = async (path: string) =>
  (await panel.api<FileContent>('GET', `/containers/${id}/files/content?path=${encodeURIComponent(path)}`)).text;
const rows = (on: Page = page): Locator => on.locator('tr[data-name]');
const names = (on: Page = page) => rows(on).evaluateAll((all) => all.map((row) => row.getAttribute('data-name') ?? ''));
const row = (name: string): Locator => page.locator(`tr[data-name="${name}"]`);
const editor = (on: Page = page): Locator => on.locator('[data-slot="text-editor"] .cm-content');
const open = async (name: string) => {
  await row(name).getByRole('link').click();
  await editor().waitFor();
};
const close = (name: string) => page.getByRole('button', { name: `Close ${name}` }).click();
const save = async () => {
  await page.getByRole('button', { name: 'Save' }).click();
};
const isSaved = () => until('nothing is left to save', async () => (await page.getByText('not saved').count()) === 0);
/** At the end of the text. */
const type = async (text: string) => {
  await editor().focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(text);
};

describe('a folder', () => {
  it('is listed as people count, with folders first and links that say where they lead', async () => {
    await panel.open(page, address('?path=/srv/site'));
    await row('windows.txt').waitFor();
    expect(await names()).toEqual(['assets', 'void', '.hidden', 'long.log', 'page2.html', 'page10.html', 'picture.bin', 'same.txt', 'settings.json', 'short', 'windows.txt']); // prettier-ignore
    expect(await row('short').innerText()).toContain('/srv/site/assets');
    expect(await row('windows.txt').innerText()).toMatch(/10 B[\s\S]*644[\s\S]*0:0/);
    await page.getByText('11 entries').waitFor();
    await page.getByText('Read by the container’s own programs').waitFor();
    await page.getByText('Lost when made anew').waitFor();
    await look(page, 'files');
  }, 60_000);

  it('is filtered, and says what is left out', async () => {
    await page.getByLabel('Hidden files').uncheck();
    await row('.hidden').waitFor({ state: 'detached' });
    await page.getByRole('searchbox').fill('page');
    await until('two are left', async () => (await names()).length === 2);
    await page.getByText('2 of 11 entries').waitFor();
    await page.getByRole('searchbox').fill('hidden');
    await page.getByText('Nothing here fits “hidden”').waitFor();
    await look(page, 'files-none-fits');
    await page.getByRole('button', { name: 'Show 1 hidden file' }).click();
    await row('.hidden').waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('hidden');
    await page.getByRole('searchbox').fill('');
  }, 60_000);

  it('is walked by the keyboard alone', async () => {
    await row('assets').getByRole('link').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('This folder is empty').waitFor();
    await page.keyboard.press('Backspace');
    await until('up is where one came from', async () => (await focused()) === 'void');
    await page.keyboard.press('Control+l');
    await page.getByRole('textbox', { name: 'Path' }).fill('/srv/site/');
    await page.keyboard.press('Enter');
    await row('assets').waitFor();
    await until('the first has the focus', async () => (await focused()) === 'assets');
    await page.keyboard.press('p');
    await until('typing finds a name', async () => (await focused()) === 'page2.html');
    await page.keyboard.press('End');
    await until('the last has the focus', async () => (await focused()) === 'windows.txt');
    await page.keyboard.press('Backspace');
    await until('up is where one came from', async () => (await focused()) === 'site');
    await page.goBack();
    await row('windows.txt').waitFor();
  }, 60_000);

  it('is asked for where a link leads', async () => {
    await row('short').getByRole('link').click();
    await page.waitForURL(/path=\/srv\/site\/assets$/);
    await page.goBack();
    await row('same.txt').getByRole('link').click();
    await editor().getByText('two').waitFor();
    await close('same.txt');
  }, 60_000);

  it('is drawn near the window only, and looked at again by itself', async () => {
    await panel.open(page, address('?path=/srv/many'));
    await row('file1').waitFor();
    await page.getByText('300 entries').waitFor();
    expect(await rows().count()).toBeLessThan(60);
    await row('file1').getByRole('link').focus();
    await page.keyboard.press('End');
    await until('the last has the focus', async () => (await focused()) === 'file300');
    await inside(': > /srv/many/file301');
    await page.getByText('301 entries').waitFor();
    expect(await focused()).toBe('file300');
  }, 60_000);

  it('that is not there, or cannot be, is said', async () => {
    await panel.open(page, address('?path=/srv/none'));
    await page.getByText('This folder is not there').waitFor();
    await look(page, 'files-gone');
  }, 60_000);
});

const act = async (name: string, what: string) => {
  await row(name)
    .getByRole('button', { name: `What can be done to ${name}` })
    .click();
  await page.getByRole('menuitem', { name: what }).click();
};
const taken = async (name: string, what: string) => {
  const [download] = await Promise.all([page.waitForEvent('download'), act(name, what)]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'latin1') };
};
const focused = () =>
  page.evaluate(() => document.activeElement?.closest('tr[data-name]')?.getAttribute('data-name') ?? null);

describe('a text', () => {
  it('is opened beside its folder, changed and saved, with its line ends', async () => {
    await panel.open(page, address('?path=/srv/site'));
    await open('windows.txt');
    await page.getByText('CRLF', { exact: true }).waitFor();
    await type('three\n');
    await page.getByText('not saved').waitFor();
    await look(page, 'files-editor');
    await page.keyboard.press('Control+s');
    await isSaved();
    expect(await textOf('/srv/site/windows.txt')).toBe('one\r\ntwo\r\nthree\r\n');
    await close('windows.txt');
  }, 60_000);

  it('keeps the mark it begins with, and is shown in the colours of its language', async () => {
    await open('settings.json');
    await page.getByText('JSON', { exact: true }).waitFor();
    await page.getByText('UTF-8 with a mark').waitFor();
    await type('\n');
    await save();
    await isSaved();
    expect(await textOf('/srv/site/settings.json')).toBe('\ufeff{\n  "name": "site"\n}\n\n');
    await close('settings.json');
  }, 60_000);

  it('is opened at a line', async () => {
    await panel.open(page, address('?path=/srv/site&file=/srv/site/long.log&line=5000'));
    await page.getByText('Line 5000, column 1').waitFor();
    await editor().getByText('line 5000 of').waitFor();
  }, 60_000);

  it('of which only a part was read is never changed; all of it is read where it may be', async () => {
    await page.getByText('Only the first 512 KiB of').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await editor().focus();
    await page.keyboard.insertText('x');
    expect(await page.getByText('not saved').count()).toBe(0);
    await look(page, 'files-part');
    await page.getByRole('button', { name: 'Read all of it' }).click();
    await page.getByRole('button', { name: 'Save' }).waitFor();
    await close('long.log');
  }, 60_000);

  it('is none where the bytes are none', async () => {
    await row('picture.bin').getByRole('link').click();
    await page.getByText('This is no text').waitFor();
    await look(page, 'files-binary');
    await close('picture.bin');
  }, 60_000);

  it('that is not saved is not lost by going elsewhere', async () => {
    await open('windows.txt');
    await type('four\n');
    const dialog = page.getByRole('dialog', { name: 'Leave what is not saved?' });
    await row('settings.json').getByRole('link').click();
    await dialog.getByRole('button', { name: 'Keep editing' }).click();
    await editor().getByText('four').waitFor();
    // To itself, and then to where it was not open yet.
    await page.goBack();
    await page.goBack();
    await dialog.getByRole('button', { name: 'Keep editing' }).click();
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('button', { name: 'Stay' }).click();
    await close('windows.txt');
    await dialog.getByRole('button', { name: 'Discard changes' }).click();
    await editor().waitFor({ state: 'detached' });
    expect(await textOf('/srv/site/windows.txt')).not.toContain('four');
  }, 60_000);
});

describe('a text that somebody else changed meanwhile', () => {
  const conflict = () => page.getByRole('dialog', { name: 'windows.txt was changed meanwhile' });
  const meet = async (mine: string, theirs: string) => {
    await inside('printf "a\\nb\\nc\\n" > /srv/site/windows.txt');
    await panel.open(page, address('?path=/srv/site'));
    await open('windows.txt');
    await type(mine);
    await inside(`sleep 1; printf "${theirs}" > /srv/site/windows.txt`);
    await save();
    await conflict().waitFor();
  };

  it('is taken as it is now', async () => {
    await meet('mine\n', 'theirs\\n');
    await look(page, 'files-conflict');
    await conflict().getByRole('button', { name: 'Reload' }).click();
    await editor().getByText('theirs').waitFor();
    await isSaved();
    expect(await editor().getByText('mine').count()).toBe(0);
  }, 60_000);

  it('is overwritten', async () => {
    await meet('mine\n', 'theirs\\n');
    await conflict().getByRole('button', { name: 'Overwrite' }).click();
    await isSaved();
    expect(await textOf('/srv/site/windows.txt')).toBe('a\nb\nc\nmine\n');
  }, 60_000);

  it('is compared, and made one of both', async () => {
    await meet('mine\n', 'A\\nb\\nc\\n');
    await conflict().getByRole('button', { name: 'Compare' }).click();
    const both = page.getByRole('dialog', { name: 'windows.txt: theirs and yours' });
    await both.getByText('mine').waitFor();
    await look(page, 'files-compare');
    await both.getByRole('button', { name: 'Take this over' }).first().click();
    await both.getByRole('button', { name: 'Go on with the right side' }).click();
    await page.getByText('not saved').waitFor();
    await save();
    await isSaved();
    expect(await textOf('/srv/site/windows.txt')).toBe('A\nb\nc\nmine\n');
  }, 60_000);
});

describe('what is there', () => {
  const listed = async (path: string) =>
    (await panel.api<FileList>('GET', `/containers/${id}/files?path=${encodeURIComponent(path)}`)).items.map(
      ({ name, mode }) => `${name} ${mode}`,
    );
  const isListed = (path: string, text: string) =>
    until(`${path} has ${text}`, async () => (await listed(path)).includes(text));

  it('is joined by new folders and files', async () => {
    await inside('mkdir -p /srv/moves/into; cd /srv/moves; for n in one two three; do echo $n > $n.txt; done; echo other > into/three.txt'); // prettier-ignore
    await panel.open(page, address('?path=/srv/moves'));
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await page.getByRole('menuitem', { name: 'New folder' }).click();
    const dialog = page.getByRole('dialog', { name: 'New folder' });
    await dialog.getByRole('textbox').fill('into');
    await dialog.getByText('Something has this name.').waitFor();
    await dialog.getByRole('textbox').fill('a folder');
    await look(page, 'files-new');
    await dialog.getByRole('button', { name: 'Make it' }).click();
    await until('it has the focus', async () => (await focused()) === 'a folder');
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await page.getByRole('menuitem', { name: 'New file' }).click();
    await page.getByRole('dialog', { name: 'New file' }).getByRole('textbox').fill('notes.md');
    await page.keyboard.press('Enter');
    await editor().waitFor();
    await close('notes.md');
    await isListed('/srv/moves', 'notes.md 644');
  }, 60_000);

  it('is called something else where it stands', async () => {
    await row('one.txt').getByRole('link').focus();
    await page.keyboard.press('F2');
    await page.getByRole('textbox', { name: 'New name of one.txt' }).waitFor();
    await page.keyboard.type('uno');
    await page.keyboard.press('Enter');
    await until('it has the focus', async () => (await focused()) === 'uno.txt');
    await act('uno.txt', 'Rename');
    await page.getByRole('textbox', { name: 'New name of uno.txt' }).fill('one.txt');
    await page.keyboard.press('Enter');
    await row('one.txt').waitFor();
  }, 60_000);

  it('is moved and copied, one or several, and replaces nothing that is not said', async () => {
    await row('two.txt').getByRole('checkbox').check();
    await row('three.txt').getByRole('checkbox').check();
    await look(page, 'files-chosen');
    await page.getByRole('region', { name: 'What can be done to those that are chosen' }).getByRole('button', { name: 'Move to… (2)' }).click(); // prettier-ignore
    const dialog = page.getByRole('dialog', { name: 'Move 2 things to' });
    expect(await dialog.getByRole('button', { name: 'Move here' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'into' }).click();
    await dialog.getByRole('button', { name: 'Move here' }).click();
    await dialog.getByText('One could not be done').waitFor();
    await look(page, 'files-move');
    expect(await textOf('/srv/moves/into/three.txt')).toBe('other\n');
    await dialog.getByRole('button', { name: 'Replace it' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await textOf('/srv/moves/into/three.txt')).toBe('three\n');
    await until('both have gone there', async () => (await names()).join() === 'a folder,into,notes.md,one.txt');
    await row('one.txt').getByRole('link').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy to…' }).click();
    await page.getByRole('button', { name: 'Copy here' }).click();
    await row('one (2).txt').waitFor();
  }, 60_000);

  it('has rights that are changed by boxes and by digits', async () => {
    await act('one.txt', 'Change rights');
    const dialog = page.getByRole('dialog', { name: 'Rights on one.txt' });
    await dialog.getByRole('checkbox', { name: 'Others: Read' }).uncheck();
    expect(await dialog.getByRole('textbox').inputValue()).toBe('640');
    await look(page, 'files-mode');
    await dialog.getByRole('textbox').fill('600');
    await dialog.getByRole('button', { name: 'Change', exact: true }).click();
    await isListed('/srv/moves', 'one.txt 600');
  }, 60_000);

  it('is taken home as it is', async () => {
    expect(await taken('one.txt', 'Download')).toEqual({ name: 'one.txt', text: 'one\n' });
    const { name, text } = await taken('into', 'Download as .tar');
    expect(name).toBe('into.tar');
    expect(text).toMatch(/into\/three\.txt[\s\S]*three\n/);
    await row('into').getByRole('button').click();
    await page.getByRole('menuitem', { name: 'Pack…' }).waitFor();
    await page.getByText('Only what lies on the disk is packed and unpacked here.').waitFor();
    await page.keyboard.press('Escape');
    await until('the focus is where it was', async () => (await focused()) === 'into');
  }, 60_000);

  it('is deleted for ever inside a container by who types its name', async () => {
    await row('one (2).txt').getByRole('link').focus();
    await page.keyboard.press('Delete');
    const dialog = page.getByRole('dialog', { name: 'Delete one (2).txt?' });
    const submit = dialog.getByRole('button', { name: 'Delete for ever' });
    expect(await submit.isDisabled()).toBe(true);
    await look(page, 'files-delete');
    await dialog.getByRole('textbox').fill('one (2).txt');
    await submit.click();
    await row('one (2).txt').waitFor({ state: 'detached' });
    expect(await listed('/srv/moves')).not.toContain('one (2).txt 644');
  }, 60_000);
});

describe('a volume', () => {
  it('is where one begins, stays, and is read and emptied into its bin while nothing runs', async () => {
    const name = `kept-${panel.label.slice(-6)}`;
    const { target } = await panel.done('POST', '/deployments', {
      image: 'busybox:local',
      name,
      volumes: [{ name: 'kept', target: '/kept' }],
      options: { command: ['sleep', '1000'] },
    });
    const kept = target.containerId;
    if (kept === undefined) throw new Error('It has no container.');
    await panel.api('PUT', `/containers/${kept}/files/content`, { path: '/kept/a.txt', text: 'a\n' });
    await panel.api('POST', `/containers/${kept}/stop`);
    await until('it has stopped', async () => (await panel.api<{ state: string }>('GET', `/containers/${kept}`)).state === 'exited'); // prettier-ignore
    await panel.open(page, `/containers/${kept}/files`);
    await panel.api('POST', `/containers/${kept}/files/folders`, { path: '/kept/site' });
    await panel.api('PUT', `/containers/${kept}/files/content`, { path: '/kept/site/b.txt', text: 'inner' });
    await row('site').waitFor();
    const { name: archive, text } = await taken('site', 'Download as .tar');
    expect(archive).toBe('site.tar');
    expect(text).toMatch(/b\.txt[\s\S]*inner/);
    await panel.api('DELETE', `/containers/${kept}/files?path=/kept/site&forever=true`);
    await page.getByText('Kept', { exact: true }).waitFor();
    await page.getByText('Read where it lies on the disk, also while the container is stopped').waitFor();
    await open('a.txt');
    await type('b\n');
    await save();
    await isSaved();
    await close('a.txt');
    await row('a.txt').getByRole('link').focus();
    await page.keyboard.press('Delete');
    const dialog = page.getByRole('dialog', { name: 'Delete a.txt?' });
    await look(page, 'files-to-bin');
    await dialog.getByRole('button', { name: 'Delete a.txt' }).click();
    await page.getByText('This folder is empty').waitFor();
    const { items } = await panel.api<FileList>('GET', `/containers/${kept}/files?path=/kept/.bailiwick-bin`);
    expect(items).toHaveLength(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await row('a.txt').waitFor();
    await page.getByText('a.txt is back').first().waitFor();
    await panel.api('POST', `/containers/${kept}/files/folders`, { path: '/kept/deep' });
    await panel.api('PUT', `/containers/${kept}/files/content`, { path: '/kept/deep/b.txt', text: 'b' });
    for (const path of ['/kept/deep/b.txt', '/kept/a.txt'])
      await panel.api('DELETE', `/containers/${kept}/files?path=${path}`);
    const openBin = async () => {
      await page.getByRole('button', { name: 'Choose where to begin' }).click();
      await page.getByRole('menuitem', { name: 'Deleted files' }).click();
    };
    await openBin();
    await page.getByText('/kept/deep/b.txt', { exact: true }).waitFor();
    await look(page, 'files-deleted');
    await page.getByRole('button', { name: 'Put back /kept/deep/b.txt' }).click();
    await page.getByRole('button', { name: 'Put back /kept/deep/b.txt' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Put back /kept/a.txt' }).click();
    await page.getByText('Nothing was deleted here').waitFor();
    await look(page, 'files-deleted-none');
    await page.keyboard.press('Escape');
    await row('a.txt').waitFor();
    expect((await panel.api<FileContent>('GET', `/containers/${kept}/files/content?path=/kept/deep/b.txt`)).text).toBe('b'); // prettier-ignore
  }, 90_000);
});

describe('who may less', () => {
  it('reads and does not change, and is told why', async () => {
    const tania = await addMember(panel, 'tania', 'Tania Sokolova');
    await panel.api('POST', '/access/changes', {
      changes: [
        {
          op: 'grant',
          principal: { kind: 'user', id: tania.id },
          target: { kind: 'container', id },
          role: 'observer',
          allow: ['files.list', 'files.read', 'files.root'],
          deny: [],
          expiresAt: null,
          version: 0,
        },
      ],
    });
    const hers = await pageOf(panel, tania);
    await panel.open(hers, address('?path=/srv/site&file=/srv/site/windows.txt'));
    await editor(hers).waitFor();
    await hers.getByText('Read only', { exact: true }).waitFor();
    await hers.getByRole('button', { name: 'Why not “Write files”?' }).waitFor();
    expect(await hers.getByRole('button', { name: 'Save' }).count()).toBe(0);
    expect(await hers.getByRole('button', { name: 'New', exact: true }).isDisabled()).toBe(true);
    await look(hers, 'files-locked');
    await hers.context().close();
  }, 60_000);

  it('does not come here, and is told why where they could ask', async () => {
    const boris = await addMember(panel, 'boris', 'Boris Wójcik');
    await give(panel, { kind: 'user', id: boris.id }, { kind: 'container', id }, 'observer');
    const his = await pageOf(panel, boris);
    await panel.open(his, address(''));
    await his.locator('[data-slot="no-access"]').waitFor();
    expect(await his.getByRole('link', { name: 'Files' }).count()).toBe(0);
    await look(his, 'files-refused');
    await his.context().close();
  }, 60_000);
});

describe('a container that does not run', () => {
  it('says what that takes', async () => {
    await engine('POST', `/containers/${engineId}/stop?t=1`);
    await until('the panel knows', async () => (await panel.api<{ state: string }>('GET', `/containers/${id}`)).state === 'exited'); // prettier-ignore
    await panel.open(page, address('?path=/srv/site'));
    await page.getByText('It does not run').waitFor();
    await look(page, 'files-stopped');
  }, 60_000);
});

it('looks as it should in both modes and on a phone', () => {
  expect(problems()).toEqual([]);
});
