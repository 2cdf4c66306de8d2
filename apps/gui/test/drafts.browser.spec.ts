import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DraftList } from '@bailiwick/contract';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { addMember, pageOf } from './member.ts';
import { Panel, until } from './panel.ts';

const KEPT = 'Kept as a draft of yours';
let panel: Panel;
let desk: Page;
/** Another device of the same person: nothing of the first one's tab is there. */
let phone: Page;

const drafts = async () => (await panel.api<DraftList>('GET', '/me/drafts')).items;
const section = (page: Page) => page.getByRole('region', { name: 'Go on where you left off' });
const saved = (name: string) => until(`${name} is saved`, async () => (await drafts()).some((draft) => draft.name === name)); // prettier-ignore
const nameOn = (page: Page) => page.getByRole('textbox', { name: 'Name' });

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  desk = await panel.page();
  phone = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

describe('a deployment that was begun', () => {
  it('is gone on with on another device, without what was typed in confidence', async () => {
    await panel.open(desk, '/deploy/tea-shop');
    await nameOn(desk).fill('tea-begun');
    await desk.getByRole('textbox', { name: 'Password' }).fill('seven quiet herons');
    await desk.getByText(KEPT).waitFor();
    await saved('tea-begun');
    await panel.open(phone, '/catalogue');
    await look(phone, 'drafts');
    await section(phone).getByRole('link', { name: 'tea-begun' }).click();
    await until('the name is there', async () => (await nameOn(phone).inputValue()) === 'tea-begun');
    expect(await phone.getByRole('textbox', { name: 'Password' }).inputValue()).toBe('');
  }, 90_000);

  it('is not overwritten by the tab that did not see the last change', async () => {
    await phone.getByLabel('Greeting').fill('From the phone');
    await nameOn(phone).fill('tea-phone');
    await saved('tea-phone');
    await nameOn(desk).fill('tea-desk');
    await desk.getByText('This draft was saved elsewhere meanwhile.').waitFor();
    await look(desk, 'draft-changed');
    expect((await drafts()).map(({ name }) => name)).toEqual(['tea-phone']);
    await desk.getByRole('button', { name: 'Take what was saved' }).click();
    await until('it is taken', async () => (await nameOn(desk).inputValue()) === 'tea-phone');
    expect(await desk.getByLabel('Greeting').inputValue()).toBe('From the phone');
    await nameOn(phone).fill('tea-again');
    await saved('tea-again');
    await nameOn(desk).fill('tea-last');
    await desk.getByRole('button', { name: 'Keep what is here' }).click();
    await saved('tea-last');
    expect(await drafts()).toHaveLength(1);
  }, 90_000);

  it('goes once it is deployed', async () => {
    await desk.getByRole('button', { name: 'Review' }).click();
    await desk.getByRole('button', { name: 'Deploy', exact: true }).click();
    await until('the draft is gone', async () => (await drafts()).length === 0);
    await panel.open(phone, '/catalogue');
    expect(await section(phone).count()).toBe(0);
  }, 90_000);

  it('of an image comes back with its image and volumes, and goes by hand', async () => {
    await panel.open(desk, '/deploy/image');
    await desk.getByLabel('Image').fill('busybox:local');
    await desk.getByLabel('Volumes').fill('data:/data');
    await desk.getByRole('button', { name: 'Configure' }).click();
    await nameOn(desk).fill('image-begun');
    await saved('image-begun');
    await panel.open(phone, '/catalogue');
    await section(phone).getByRole('link', { name: 'image-begun' }).click();
    await until('the name is there', async () => (await nameOn(phone).inputValue()) === 'image-begun');
    await phone.getByText('data, at /data').waitFor();
    await panel.open(phone, '/catalogue');
    await section(phone).getByRole('button', { name: 'Remove the draft image-begun' }).click();
    await section(phone).waitFor({ state: 'detached' });
    expect(await drafts()).toEqual([]);
  }, 90_000);
});

describe('a draft that is shared', () => {
  it('is found by a colleague, gone on with by both, and not kept from being overwritten by chance', async () => {
    const grace = await addMember(panel, 'grace', 'Grace Hopper');
    const hers = await pageOf(panel, grace);
    const mary = await pageOf(panel, await addMember(panel, 'mary', 'Mary Seacole'));
    await panel.open(desk, '/deploy/tea-shop');
    await nameOn(desk).fill('tea-shared');
    await desk.getByRole('textbox', { name: 'Password' }).fill('seven quiet herons');
    await saved('tea-shared');
    await desk.getByRole('button', { name: 'Share draft' }).click();
    const dialog = desk.getByRole('dialog', { name: 'Share this draft' });
    await dialog.getByRole('button', { name: 'Share with them' }).click();
    await dialog.getByText('Choose somebody from the list.').waitFor();
    await dialog.getByRole('combobox', { name: 'Person' }).fill('grac');
    await dialog.getByRole('option', { name: 'Grace Hopper' }).click();
    await dialog.getByRole('button', { name: 'Share with them' }).click();
    await dialog.getByRole('button', { name: 'Stop sharing with Grace Hopper' }).waitFor();
    await look(desk, 'draft-share');
    const address = await dialog.getByLabel('Its address').inputValue();
    await dialog.getByRole('button', { name: 'Close' }).first().click();

    await hers.goto(`${panel.url}/catalogue`);
    await section(hers).getByText('of Ada Lovelace').waitFor();
    await look(hers, 'draft-shared-list');
    await section(hers).getByRole('link', { name: 'tea-shared' }).click();
    await hers.getByText('A draft of Ada Lovelace.').waitFor();
    expect(await hers.getByRole('textbox', { name: 'Password' }).inputValue()).toBe('');
    expect(await hers.getByRole('button', { name: 'Share draft' }).count()).toBe(0);
    await nameOn(hers).fill('tea-of-grace');
    await saved('tea-of-grace');
    await look(hers, 'draft-of-another');
    await nameOn(desk).fill('tea-of-ada');
    await desk.getByText('This draft was saved elsewhere meanwhile.').waitFor();
    await desk.getByRole('button', { name: 'Take what was saved' }).click();
    await until('it is taken', async () => (await nameOn(desk).inputValue()) === 'tea-of-grace');

    await mary.goto(address);
    await mary.getByText('This draft is not there any more').waitFor();
    await hers.goto(address);
    await until('she is where it is gone on with', async () => (await nameOn(hers).inputValue()) === 'tea-of-grace');
    await panel.open(desk, '/catalogue');
    await section(desk).getByText('shared with Grace Hopper').waitFor();
    await section(desk).getByRole('link', { name: 'tea-of-grace' }).click();
    await desk.getByRole('button', { name: 'Share draft' }).click();
    await dialog.getByRole('button', { name: 'Stop sharing with Grace Hopper' }).click();
    await dialog.getByText('Nobody yet.').waitFor();
    await hers.goto(address);
    await hers.getByText('This draft is not there any more').waitFor();
    await look(hers, 'draft-gone');
  }, 120_000);
});

it('looks as it should in both modes and on a phone', () => {
  expect(problems()).toEqual([]);
});
