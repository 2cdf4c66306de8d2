import { describe, expect, it } from '@jest/globals';
import { RunOptions } from '@bailiwick/contract';
import { aPreset } from '../../../test/presets.ts';
import {
  advancedField,
  type AdvancedForm,
  besideOptions,
  checkAdvanced,
  coresOf,
  countChosen,
  describeOptions,
  NOTHING_ADVANCED,
  toRunOptions,
} from './advanced-options.rules.ts';

const preset = aPreset();
const form = (chosen: Partial<AdvancedForm>): AdvancedForm => ({ ...NOTHING_ADVANCED, ...chosen });

describe('what is chosen beyond the preset', () => {
  it('is nothing until something is typed', () => {
    expect(checkAdvanced(NOTHING_ADVANCED, 64)).toEqual({});
    expect(toRunOptions(NOTHING_ADVANCED, preset)).toEqual({});
    expect(countChosen(form({ pids: ' ', command: '' }))).toBe(0);
  });

  it('is sent in the units of the contract, one argument a line, a value with equals signs whole', () => {
    const chosen = form({
      entrypoint: 'sh\n-c',
      command: 'echo "two words"\n',
      env: 'MODE=fast\nURL=http://x/?a=b',
      tags: 'team=shop\nquery = a=b',
      swapMib: '128',
      shmMib: '32',
      cpuShares: '512',
      cpuset: '0-1',
      user: '1000:1000',
      workingDir: '/srv',
      quotaMs: '2.5',
      pids: '99',
      restart: 'on-failure',
      retries: '3',
      healthCommand: 'redis-cli\nping',
      intervalS: '1.5',
      startPeriodS: '20',
      diskMib: '64',
      domainName: 'Shop.example.org',
      launchUrl: 'https://shop.example.org/start',
      explorerRoot: '/srv/public',
      consoleDirectory: ' /srv ',
    });
    expect(checkAdvanced(chosen, 64)).toEqual({});
    expect(besideOptions(chosen)).toEqual({
      diskBytes: 67_108_864,
      domainName: 'Shop.example.org',
      launchUrl: 'https://shop.example.org/start',
      explorerRoot: '/srv/public',
      consoleDirectory: '/srv',
    });
    expect(coresOf('4', chosen)).toBe(0.025);
    const sent = toRunOptions(chosen, preset);
    expect(sent).toEqual({
      entrypoint: ['sh', '-c'],
      command: ['echo "two words"'],
      env: { MODE: 'fast', URL: 'http://x/?a=b' },
      labels: { team: 'shop', query: ' a=b' },
      memorySwapBytes: 134_217_728,
      shmBytes: 33_554_432,
      cpuShares: 512,
      cpuset: '0-1',
      user: '1000:1000',
      workingDir: '/srv',
      cpuQuota: { quotaUs: 2500, periodUs: 100_000 },
      pids: 99,
      restart: { name: 'on-failure', maximumRetryCount: 3 },
      health: {
        command: ['redis-cli', 'ping'],
        intervalMs: 1500,
        timeoutMs: 5000,
        retries: 3,
        startPeriodMs: 20_000,
      },
    });
    expect(RunOptions.parse(sent)).toEqual(sent);
    expect(countChosen(chosen)).toBe(22);
  });

  it('counts tries for a policy that counts them only', () => {
    expect(toRunOptions(form({ restart: 'always', retries: '3' }), preset)).toEqual({ restart: { name: 'always' } });
  });

  it('leaves what belongs to a check or a quota alone where there is none', () => {
    const idle = form({ intervalS: 'soon', healthRetries: '0', periodMs: '0' });
    expect(checkAdvanced(idle, 64)).toEqual({});
    expect(toRunOptions(idle, preset)).toEqual({});
    expect(countChosen(idle)).toBe(0);
  });

  it.each<[Partial<AdvancedForm>, string, object]>([
    [{ swapMib: '32' }, 'swapMib', { code: 'atLeast', params: { least: 64 } }],
    [{ shmMib: '65' }, 'shmMib', { code: 'atMost', params: { most: 64 } }],
    [{ pids: '8' }, 'pids', { code: 'atLeast', params: { least: 32 } }],
    [{ pids: 'many' }, 'pids', { code: 'whole', params: {} }],
    [{ cpuShares: '1' }, 'cpuShares', { code: 'atLeast', params: { least: 2 } }],
    [{ user: 'root' }, 'user', { code: 'user', params: {} }],
    [{ workingDir: 'srv' }, 'workingDir', { code: 'path', params: {} }],
    [{ quotaMs: '0.5' }, 'quotaMs', { code: 'atLeast', params: { least: 1 } }],
    [{ quotaMs: '5', periodMs: 'long' }, 'periodMs', { code: 'number', params: {} }],
    [{ healthCommand: 'true', timeoutS: '0.1' }, 'timeoutS', { code: 'atLeast', params: { least: 1 } }],
    [{ healthCommand: 'true', healthRetries: '21' }, 'healthRetries', { code: 'atMost', params: { most: 20 } }],
    [{ diskMib: '1' }, 'diskMib', { code: 'atLeast', params: { least: 64 } }],
    [{ explorerRoot: '/srv/../etc' }, 'explorerRoot', { code: 'path', params: {} }],
    [{ consoleDirectory: 'srv' }, 'consoleDirectory', { code: 'path', params: {} }],
    [{ domainName: 'no domain' }, 'domainName', { code: 'domainName', params: {} }],
    [{ launchUrl: 'https://me:secret@shop.example.org' }, 'launchUrl', { code: 'launchUrl', params: {} }],
    [{ cpuset: 'all' }, 'cpuset', { code: 'cpuset', params: {} }],
    [{ env: 'A B=x' }, 'env', { code: 'envName', params: { name: 'A B' } }],
    [{ env: 'SECRET' }, 'env', { code: 'tagForm', params: { line: 'SECRET' } }],
    [{ tags: 'team' }, 'tags', { code: 'tagForm', params: { line: 'team' } }],
    [{ tags: 'traefik.enable=true' }, 'tags', { code: 'tagName', params: { name: 'traefik.enable' } }],
    [{ tags: 'Bailiwick.id=x' }, 'tags', { code: 'tagName', params: { name: 'Bailiwick.id' } }],
  ])('is judged at its field: %j', (wrong, field, found) => {
    expect(checkAdvanced(form(wrong), 64)).toEqual({ [`options.${field}`]: found });
  });

  it('is read before it runs, each in its own words', () => {
    const options = { command: ['a', 'b'], labels: { team: 'tea' }, shmBytes: 16, restart: { name: 'on-failure' as const, maximumRetryCount: 0 } }; // prettier-ignore
    expect(describeOptions(options, (bytes) => `${bytes} B`)).toEqual([
      ['command', ['a', 'b']],
      ['tags', ['team=tea']],
      ['shmMib', ['16 B']],
      ['retries', ['0']],
    ]);
    expect(describeOptions({}, String)).toEqual([]);
  });

  it('finds the field a refusal of the core is about', () => {
    expect(advancedField('options.labels.traefik.enable')).toBe('tags');
    expect(advancedField('options.memorySwapBytes')).toBe('swapMib');
    expect(advancedField('options.health.timeoutMs')).toBe('timeoutS');
    expect(advancedField('options.health.command.0')).toBe('healthCommand');
    expect(advancedField('options.cpuQuota.periodUs')).toBe('periodMs');
    expect(advancedField('launchUrl')).toBe('launchUrl');
    expect(advancedField('explorerRoot')).toBe('explorerRoot');
    expect(advancedField('options')).toBeUndefined();
    expect(advancedField('answers.title')).toBeUndefined();
  });
});
