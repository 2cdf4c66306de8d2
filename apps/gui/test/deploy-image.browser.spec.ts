import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ContainerDetail } from '@bailiwick/contract';
import type { Page } from 'playwright-core';
import { look, problems } from './look.ts';
import { Panel, until } from './panel.ts';

let panel: Panel;
let page: Page;

const detailOf = async (name: string) => {
  const found = async () => (await panel.api<{ items: { id: string; name: string }[] }>('GET', `/containers?q=${name}`)).items[0]; // prettier-ignore
  await until(`${name} is there`, async () => (await found()) !== undefined);
  return panel.api<ContainerDetail>('GET', `/containers/${(await found())?.id}`);
};

beforeAll(async () => {
  panel = await Panel.start({ engine: 'fake' });
  await panel.claim();
  page = await panel.page();
}, 120_000);
afterAll(() => panel.stop(), 60_000);

describe('what is in no catalogue', () => {
  it('is deployed from an image by name, which says what is wrong and keeps what was chosen', async () => {
    await panel.open(page, '/catalogue');
    await page.getByRole('link', { name: 'From an image' }).click();
    await page.getByRole('heading', { name: 'Deploy an image' }).waitFor();
    await look(page, 'deploy-image');
    await page.getByLabel('Image').fill('busybox latest');
    await page.getByLabel('Volumes').fill('/etc:/x');
    await page.getByRole('button', { name: 'Configure' }).click();
    await page.getByText('“busybox latest” is no image').waitFor();
    await look(page, 'deploy-image-wrong');
    await page.getByLabel('Image').fill('busybox:local');
    await page.getByLabel('Ports in the container').fill('8080');
    await page.getByLabel('Volumes').fill('data:/data');
    await page.getByRole('button', { name: 'Configure' }).press('Enter');
    await page.getByLabel('Name').fill('from-image');
    await page.getByText('Advanced').click();
    await page.getByLabel('Command').fill('sleep\n1000');
    await page.reload();
    await until('the draft is there again', async () => (await page.getByLabel('Name').inputValue()) === 'from-image'); // prettier-ignore
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('region', { name: 'What will be made' }).getByText('data → /data').waitFor();
    await look(page, 'deploy-image-review');
    await page.getByRole('button', { name: 'Deploy' }).click();
    expect(await detailOf('from-image')).toMatchObject({ image: 'busybox:local', preset: null });
  }, 120_000);

  it('is read from a pasted line, with what is left out and why, and deployed as it was read', async () => {
    await panel.open(page, '/catalogue');
    await page.getByRole('link', { name: 'Paste docker run or compose' }).click();
    await page.getByLabel('Text').fill('hello');
    await page.getByRole('button', { name: 'Read it' }).click();
    await page.getByText('There is no service in this.').waitFor();
    await page
      .getByLabel('Text')
      .fill('docker run -d --name from-line --privileged -v /etc:/x -e A=b --pids-limit 77 busybox:local sleep 1000');
    await page.getByRole('button', { name: 'Read it' }).click();
    const report = page.getByRole('region', { name: 'What was understood' });
    await report.getByText('--volume /etc:/x').waitFor();
    await report.getByText('Folders of the host cannot be mounted. Use a volume.').waitFor();
    await look(page, 'deploy-paste');
    await report.getByRole('button', { name: 'Configure' }).click();
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('region', { name: 'What will be made' }).getByText('from-line').waitFor();
    await page.getByRole('button', { name: 'Deploy' }).click();
    expect(await detailOf('from-line')).toMatchObject({ image: 'busybox:local', limits: { pids: 77 } });
  }, 120_000);
});

it('looks as it should in both modes and on a phone', () => {
  expect(problems()).toEqual([]);
});
