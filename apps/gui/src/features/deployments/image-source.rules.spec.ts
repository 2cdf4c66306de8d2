import { describe, expect, it } from '@jest/globals';
import { DeployInput } from '@bailiwick/contract';
import { startForm } from './deploy-form.rules.ts';
import { checkImageForm, fromReading, NO_IMAGE, toImageInput, toPreset } from './image-source.rules.ts';

describe('an image of one’s choice', () => {
  it.each([
    [{ image: '' }, ['image']],
    [{ image: 'nginx latest' }, ['image']],
    [{ ports: '0' }, ['ports']],
    [{ ports: '80\n80/tcp' }, ['ports']],
    [{ ports: '80/sctp' }, ['ports']],
    [{ volumes: '/etc:/x' }, ['volumes']],
    [{ volumes: 'data' }, ['volumes']],
    [{ volumes: 'data:/' }, ['volumes']],
    [{ volumes: 'a:/a\na:/b' }, ['volumes']],
    [{ binds: 'media:/media' }, ['binds']],
    [{ binds: '/srv/media' }, ['binds']],
    [{ binds: '/srv/media:media' }, ['binds']],
    [{ binds: '/srv/media:/m:rwx' }, ['binds']],
    [{ binds: '/srv/a:/m\n/srv/b:/m' }, ['binds']],
    [{ binds: '/srv/a:/a\n/srv/b:/b:rw' }, []],
    [{ installCommand: 'a'.repeat(5000) }, ['installCommand']],
    [{ ports: '80\n80/udp', volumes: 'data:/data' }, []],
  ])('is judged field by field: %j', (typed, wrong) => {
    expect(Object.keys(checkImageForm({ ...NO_IMAGE, image: 'nginx:1', ...typed }))).toEqual(wrong);
  });

  it('is sent with what was typed', () => {
    const source = { form: { ...NO_IMAGE, image: 'nginx:1', ports: '80\n53/udp', volumes: 'data:/data' }, kept: {} };
    const preset = toPreset(source);
    const form = { ...startForm(preset, []), name: 'shop', ports: { '80/tcp': '8080', '53/udp': '' } };
    expect(toImageInput(source, preset, form)).toMatchObject({
      image: 'nginx:1',
      name: 'shop',
      profile: 'compat',
      ports: [
        { containerPort: 80, protocol: 'tcp', hostPort: 8080 },
        { containerPort: 53, protocol: 'udp' },
      ],
      volumes: [{ name: 'data', target: '/data' }],
    });
    expect(toImageInput(source, preset, form)).not.toHaveProperty('preset');
  });

  it('is sent with the folders of the host, read only unless it was said', () => {
    const form = { ...NO_IMAGE, image: 'nginx:1', binds: '/srv/a:/a\n/srv/b:/b:rw\n/srv/c:/c:ro' };
    const source = { form, kept: {} };
    const preset = toPreset(source);
    const input = toImageInput(source, preset, startForm(preset, []));
    expect(input.binds).toEqual([
      { source: '/srv/a', target: '/a', readOnly: true },
      { source: '/srv/b', target: '/b', readOnly: false },
      { source: '/srv/c', target: '/c', readOnly: true },
    ]);
    expect(fromReading({ ...input, name: 'x' }).source.form.binds).toBe('/srv/a:/a\n/srv/b:/b:rw\n/srv/c:/c');
  });

  it('that was pasted is sent as it was read, also what no field asks for', () => {
    const read = DeployInput.parse({
      image: 'nginx:1',
      name: 'pasted',
      profile: 'strict',
      diskBytes: 2 ** 30,
      domainName: 'shop.example.org',
      launchUrl: 'https://shop.example.org/',
      explorerRoot: '/data/public',
      consoleDirectory: '/data',
      protocol: 'node-npm',
      installCommand: ['npm', 'ci'],
      ports: [{ containerPort: 80, hostPort: 8080, ip: '127.0.0.1' }],
      volumes: [{ name: 'data', target: '/data' }],
      memoryBytes: 2 ** 26,
      options: {
        command: ['sh', '-c', 'a\nb'],
        entrypoint: ['/x'],
        env: { A: 'b' },
        labels: { team: 'x' },
        user: '1000',
        cpuQuota: { quotaUs: 5000, periodUs: 10_000 },
        health: { command: ['sh', '-c', 'true'], intervalMs: 1500, startPeriodMs: 250 },
        restart: { name: 'on-failure', maximumRetryCount: 2 },
      },
    });
    const { source, fill } = fromReading(read);
    const preset = toPreset(source);
    const sent = toImageInput(source, preset, fill(startForm(preset, [])));
    expect(DeployInput.parse(sent)).toEqual(read);
  });
});
