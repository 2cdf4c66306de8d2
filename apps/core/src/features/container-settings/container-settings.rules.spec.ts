import { describe, expect, it } from '@jest/globals';
import { ChangeRestartPolicy, ChangeSettings } from '@bailiwick/contract';
import {
  addressOf,
  afterChange,
  capabilitiesFor,
  changesBetween,
  findFolderIssues,
  isPending,
  NOTHING_SAVED,
} from './container-settings.rules.js';

const web = { ip: '0.0.0.0', hostPort: 8080, containerPort: 80, protocol: 'tcp' } as const;
const applied = { command: ['npm', 'run', 'start'], portRules: [web] };
const saved = (some: ChangeSettings) => afterChange(NOTHING_SAVED, some);

describe('settings of a container', () => {
  it('need a right for each kind of field, and to be seen', () => {
    expect(capabilitiesFor({ startupCommand: 'x', projectProtocol: null })).toEqual([
      'containers.settingsSee',
      'containers.settingsStartup',
    ]);
    expect(capabilitiesFor({ domainName: null })).toEqual(['containers.settingsSee', 'containers.settingsPorts']);
    expect(capabilitiesFor({ installCommand: 'x', allowedPorts: [] })).toEqual([
      'containers.settingsSee',
      'containers.settingsStartup',
      'containers.settingsPorts',
    ]);
  });

  it('let nobody who is kept within a folder choose another one', () => {
    expect(capabilitiesFor({ explorerRoot: null })).toEqual([
      'containers.settingsSee',
      'containers.settingsStartup',
      'files.root',
    ]);
    expect(capabilitiesFor({ consoleDirectory: '/app' })).toEqual([
      'containers.settingsSee',
      'containers.settingsStartup',
    ]);
  });

  it('keep the explorer within what is shared, and begin nothing in /proc', () => {
    const shared = ['/data', '/app'];
    const wrong = (change: ChangeSettings) =>
      findFolderIssues(change, shared).map(({ path, code }) => `${path} ${code}`);
    expect(wrong({ explorerRoot: '/app/public', consoleDirectory: '/etc' })).toEqual([]);
    expect(wrong({ explorerRoot: null, consoleDirectory: null })).toEqual([]);
    for (const explorerRoot of ['/', '/etc', '/apple'])
      expect(wrong({ explorerRoot })).toEqual(['explorerRoot not_shared']);
    expect(wrong({ consoleDirectory: '/proc/self/fd/7' })).toEqual(['consoleDirectory engine_folder']);
    expect(findFolderIssues({ explorerRoot: '/etc' }, shared)[0]?.message).toContain('/data, /app');
  });

  it('say where people open it: the launch address, else the name, and nothing but a web address', () => {
    expect(addressOf({ launchUrl: 'https://a.example/x', domainName: 'b.example' })).toBe('https://a.example/x');
    expect(addressOf({ launchUrl: null, domainName: 'b.example' })).toBe('http://b.example/');
    expect(addressOf({ launchUrl: 'javascript:alert(1)', domainName: 'b.example' })).toBe('http://b.example/');
    expect(addressOf({ launchUrl: 'ftp://a.example', domainName: 'x/../y z' })).toBeNull();
    expect(addressOf({ launchUrl: null })).toBeNull();
  });

  it('have one spelling of a folder', () => {
    const folder = (explorerRoot: string) => ChangeSettings.safeParse({ explorerRoot }).data?.explorerRoot;
    expect(folder('/app//public/')).toBe('/app/public');
    expect(folder('/a\u0308')).toBe('/\u00e4');
    expect(folder('/')).toBe('/');
  });

  it('change only what is named, and tell what was before', () => {
    const before = saved({ startupCommand: 'a', allowedPorts: [80] });
    const after = afterChange(before, { startupCommand: null, installCommand: 'make', allowedPorts: [80] });
    expect(after).toEqual({ ...NOTHING_SAVED, installCommand: 'make', allowedPorts: [80] });
    expect(changesBetween(before, after)).toEqual({
      startupCommand: { from: 'a', to: null },
      installCommand: { from: null, to: 'make' },
    });
  });

  it('wait for a new container exactly when it would start or publish otherwise', () => {
    expect(isPending(NOTHING_SAVED, applied)).toBe(false);
    expect(isPending(saved({ startupCommand: 'npm  run "start"' }), applied)).toBe(false);
    expect(isPending(saved({ startupCommand: 'npm run dev' }), applied)).toBe(true);
    expect(isPending(saved({ startupCommand: 'a && b' }), { ...applied, command: ['sh', '-c', 'a && b'] })).toBe(false);
    expect(isPending(saved({ startupCommand: 'a && b' }), applied)).toBe(true);
    expect(isPending(saved({ allowedPorts: [80] }), applied)).toBe(false);
    expect(isPending(saved({ allowedPorts: [80, 443] }), applied)).toBe(true);
    expect(isPending(saved({ allowedPorts: [] }), applied)).toBe(true);
    expect(isPending(saved({ domainName: 'example.org', launchUrl: 'https://example.org/' }), applied)).toBe(false);
  });

  it.each([
    {},
    { startupCommand: '' },
    { startupCommand: '  ' },
    { startupCommand: 'a\nb' },
    { startupCommand: 'a\u001b[2J' },
    { startupCommand: 'x'.repeat(4097) },
    { projectProtocol: 'ftp' },
    { allowedPorts: [0] },
    { allowedPorts: [65_536] },
    { allowedPorts: [80, 80] },
    { allowedPorts: ['80'] },
    { allowedPorts: [80.5] },
    { domainName: 'a b' },
    { domainName: '-a.org' },
    { domainName: 'a..org' },
    { domainName: `${'a'.repeat(64)}.org` },
    { domainName: 'a/b' },
    { launchUrl: 'javascript:alert(1)' },
    { launchUrl: 'ftp://example.org' },
    { launchUrl: 'https://user:password@example.org' },
    { launchUrl: 'https://example.org/\u0000' },
    { launchUrl: 'example.org' },
    { env: {} },
    ...['app', '', './app', '/app/..', '/../etc', '/app/./x', '/app\0', '/app\n', '/app\u001b', '/app\u2028', '/a\\b', `/${'a'.repeat(1024)}`].flatMap((path) => [{ explorerRoot: path }, { consoleDirectory: path }]), // prettier-ignore
  ])('are not %j', (change) => expect(ChangeSettings.safeParse(change).success).toBe(false));

  it.each([
    { startupCommand: 'npm run start -- --port=3000' },
    { allowedPorts: [1, 65_535] },
    { allowedPorts: [] },
    { domainName: 'Xn--bcher-kva.example' },
    { launchUrl: 'https://example.org:8443/a?b=c#d' },
    { launchUrl: 'http://localhost:3000' },
    { launchUrl: null },
    { explorerRoot: '/app', consoleDirectory: '/app/tools' },
  ])('may be %j', (change) => expect(ChangeSettings.safeParse(change).success).toBe(true));

  it('count tries for on-failure only', () => {
    expect(ChangeRestartPolicy.safeParse({ name: 'on-failure', maximumRetryCount: 3 }).success).toBe(true);
    expect(ChangeRestartPolicy.safeParse({ name: 'on-failure' }).success).toBe(true);
    expect(ChangeRestartPolicy.safeParse({ name: 'always', maximumRetryCount: 3 }).success).toBe(false);
    expect(ChangeRestartPolicy.safeParse({ name: 'sometimes' }).success).toBe(false);
    expect(ChangeRestartPolicy.safeParse({ name: 'on-failure', maximumRetryCount: -1 }).success).toBe(false);
  });
});
