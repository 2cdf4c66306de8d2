import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ContainerConfiguration, ContainerDetail, ContainerSettings, DraftList } from '@bailiwick/contract';
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
    await look(page, 'deploy-ways');
    await page.getByRole('link', { name: 'From an image' }).click();
    await page.getByRole('heading', { name: 'Deploy an image' }).waitFor();
    await look(page, 'deploy-image');
    await page.getByLabel('Image').fill('busybox latest');
    await page.getByLabel('Volumes').fill('/etc:/x');
    await page.getByLabel('Folders of the host').fill('/srv/media');
    await page.getByText('A folder of the host leaves the container’s walls').waitFor();
    await page.getByRole('button', { name: 'Configure' }).click();
    await page.getByText('“busybox latest” is no image').waitFor();
    await look(page, 'deploy-image-wrong');
    await page.getByLabel('Image').fill('busybox:local');
    await page.getByLabel('Ports in the container').fill('8080');
    await page.getByLabel('Volumes').fill('data:/data');
    await page.getByText('“/srv/media” is not /folder:/path[:rw]').waitFor();
    await page.getByLabel('Folders of the host').fill('/srv/media:/media\n/srv/shop:/shop:rw');
    await page.getByLabel('Start').selectOption({ label: 'Python, main.py' });
    await page.getByRole('button', { name: 'Configure' }).press('Enter');
    await page.getByLabel('Name').fill('from-image');
    await page.getByText('Advanced').click();
    await page.getByLabel('Command', { exact: true }).fill('sleep\n1000');
    await page.getByLabel('User').fill('root');
    await page.getByLabel('Check command').fill('true');
    await page.getByLabel('Every (seconds)').fill('0.2');
    await page.getByLabel('Domain').fill('no domain');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByText('Use numbers, for example 1000 or 1000:1000.').waitFor();
    await page.getByText('Use at least 1.', { exact: true }).waitFor();
    await page.getByText('Use a domain name without https:// and without a path.').waitFor();
    await look(page, 'deploy-image-advanced');
    await page.getByLabel('User').fill('1000:1000');
    await page.getByLabel('Every (seconds)').fill('1.5');
    await page.getByLabel('Domain').fill('tea.example.org');
    await page.getByLabel('Working directory').fill('/data');
    await page.getByLabel('Processor time (ms)').fill('50');
    await page.getByLabel('Files begin at').fill('/data/public');
    await page.reload();
    const name = page.getByLabel('Name');
    await until('the draft is there again', async () => (await name.inputValue()) === 'from-image');
    await page.getByLabel('Environment').fill('SHOP_KEY=typed-in-confidence');
    await page.getByRole('button', { name: 'Review' }).click();
    const shown = page.getByRole('region', { name: 'What will be made' });
    await shown.getByText('data → /data').waitFor();
    await shown.getByText('/srv/media → /media (read only)').waitFor();
    await shown.getByText('/srv/shop → /shop').waitFor();
    await page.getByText('Folders of the host are mounted: /srv/media, /srv/shop.').waitFor();
    await shown.getByText('tea.example.org').waitFor();
    await shown.getByText('/data/public').waitFor();
    await shown.getByText('0.5 cores').waitFor();
    await look(page, 'deploy-image-review');
    await shown.getByRole('tab', { name: 'Compose' }).click();
    await shown.getByText('container_name: from-image').waitFor();
    await look(page, 'deploy-image-compose');
    await shown.getByRole('tab', { name: 'docker run' }).press('Enter');
    await shown.getByText('--cpu-quota 50000').waitFor();
    expect(await shown.getByText('typed-in-confidence').count()).toBe(0);
    await shown.getByText('SHOP_KEY').first().waitFor();
    await shown.getByRole('tab', { name: 'JSON' }).click();
    await shown.getByText('"quotaUs": 50000').waitFor();
    await page.getByRole('button', { name: 'Deploy' }).click();
    const detail = await detailOf('from-image');
    expect(detail).toMatchObject({ image: 'busybox:local', preset: null });
    const made = await panel.api<ContainerConfiguration>('GET', `/containers/${detail.id}/configuration`);
    expect(made.applied).toMatchObject({
      binds: [
        { source: '/srv/media', target: '/media', readOnly: true },
        { source: '/srv/shop', target: '/shop', readOnly: false },
      ],
      user: '1000:1000',
      workingDir: '/data',
      cpuQuota: { quotaUs: 50_000, periodUs: 100_000 },
      health: { command: ['true'], intervalMs: 1500, timeoutMs: 5000, retries: 3, startPeriodMs: 0 },
    });
    expect(made.applied?.command).toEqual(expect.arrayContaining(['python-pip', 'sleep', '1000']));
    const { saved } = await panel.api<ContainerSettings>('GET', `/containers/${detail.id}/settings`);
    expect(saved).toMatchObject({ domainName: 'tea.example.org', launchUrl: null, explorerRoot: '/data/public' });
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

describe('another one like a container', () => {
  it('is deployed from its menu, with a name, ports and data of its own, and with its variables', async () => {
    const input = {
      image: 'busybox:local',
      name: 'first',
      ports: [{ containerPort: 8080 }],
      volumes: [{ name: 'data', target: '/data' }],
      options: { command: ['sleep', '1000'], env: { KEY: 'topsecret' } },
    };
    await panel.api('POST', '/deployments', input);
    const first = await detailOf('first');
    await until('it is deployed', async () => (await detailOf('first')).operationId === null);
    await panel.open(page, `/containers/${first.id}`);
    await page.getByRole('button', { name: 'More actions' }).first().click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    const banner = page.locator('[data-slot="duplicate"]');
    await banner.getByText('new, empty volumes').waitFor();
    await banner.getByText('One variable comes along with its value: KEY.').waitFor();
    await until('its name is free', async () => (await page.getByLabel('Name').inputValue()) === 'first-2');
    await look(page, 'duplicate');
    await page.locator('input[name="memory"]').fill('64');
    const drafts = async () => (await panel.api<DraftList>('GET', '/me/drafts')).items;
    const ofDuplicate = async () => (await drafts()).find(({ name }) => name === 'first-2');
    await until('it is kept on the server', async () => (await ofDuplicate()) !== undefined);
    await page.reload();
    await until(
      'the draft is there again',
      async () => (await page.locator('input[name="memory"]').inputValue()) === '64',
    );
    const phone = await panel.page();
    await panel.open(phone, `/deploy?draft=${(await ofDuplicate())?.id}`);
    await phone.locator('[data-slot="duplicate"]').getByText('with its value: KEY.').waitFor();
    await until('it is gone on with', async () => (await phone.locator('input[name="memory"]').inputValue()) === '64');
    await phone.close();
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('region', { name: 'What will be made' }).getByText('data → /data').waitFor();
    await page.getByRole('button', { name: 'Deploy' }).click();
    const copy = await detailOf('first-2');
    await until('it is deployed', async () => (await detailOf('first-2')).operationId === null);
    expect(await page.content()).not.toContain('topsecret');
    const { envNames, ports, mounts, limits } = await detailOf('first-2');
    expect(envNames).toContain('KEY');
    expect(limits.memoryBytes).toBe(64 * 1024 * 1024);
    expect(ports[0]?.hostPort).not.toBe(first.ports[0]?.hostPort);
    expect(mounts[0]?.name).not.toBe(first.mounts[0]?.name);
    expect(copy.id).not.toBe(first.id);
    await until('its draft is gone', async () => (await ofDuplicate()) === undefined);
  }, 120_000);
});

it('looks as it should in both modes and on a phone', () => {
  expect(problems()).toEqual([]);
});
