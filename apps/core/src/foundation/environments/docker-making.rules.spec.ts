import { describe, expect, it } from '@jest/globals';
import { toMaking } from './docker-making.rules.js';

const making = (host: object = {}, { config = {}, mounts = [] as object[] } = {}) =>
  toMaking({ Config: config, HostConfig: host, Mounts: mounts });
const bind = (source: string) => ({ mounts: [{ Type: 'bind', Source: source }] });

describe('how a container was made elsewhere', () => {
  it('is nothing special where nobody said anything', () => {
    expect(making({ NetworkMode: 'bridge', IpcMode: 'private', ShmSize: 64 * 1024 ** 2, Runtime: 'runc' })).toEqual({
      memorySwapBytes: null,
      cpuQuota: null,
      cpuShares: null,
      cpuset: null,
      shmBytes: null,
      health: null,
      unsafe: [],
      beyond: [],
    });
  });

  it('is told in our words', () => {
    const config = { Healthcheck: { Test: ['CMD-SHELL', 'true || false'], Interval: 5e9 } };
    expect(
      making({ MemorySwap: 9e6, CpuQuota: 50_000, CpuShares: 12, CpusetCpus: '0', ShmSize: 1e6 }, { config }),
    ).toMatchObject({
      memorySwapBytes: 9e6,
      cpuQuota: { quotaUs: 50_000, periodUs: 100_000 },
      cpuShares: 12,
      cpuset: '0',
      shmBytes: 1e6,
      health: {
        command: ['sh', '-c', 'true || false'],
        intervalMs: 5000,
        timeoutMs: 30_000,
        retries: 3,
        startPeriodMs: 0,
      },
    });
  });

  it.each([
    ['privileged', { Privileged: true }, {}],
    ['host_namespace', { NetworkMode: 'host' }, {}],
    ['host_namespace', { PidMode: 'host' }, {}],
    ['host_namespace', { IpcMode: 'host' }, {}],
    ['other_namespace', { NetworkMode: 'container:abc' }, {}],
    ['other_namespace', { VolumesFrom: ['abc'] }, {}],
    ['capabilities', { CapAdd: ['CAP_SYS_ADMIN'] }, {}],
    ['capabilities', { CapAdd: ['ALL'] }, {}],
    ['devices', { Devices: [{}] }, {}],
    ['unconfined', { SecurityOpt: ['seccomp=unconfined'] }, {}],
    ['engine_socket', {}, bind('/var/run/docker.sock')],
    ['host_folder', {}, bind('/')],
    ['host_folder', {}, bind('/etc')],
    ['host_folder', {}, bind('/proc/1')],
    ['host_folder', {}, bind('/etc/localtime')],
    ['host_folder', {}, bind('/home/tea/.ssh')],
    ['host_folder', {}, bind('/var/lib/docker/volumes')],
  ])('is not safe: %s by %j %j', (reason, host, more) => expect(making(host, more).unsafe).toEqual([reason]));

  it.each([
    [{ CapAdd: ['CAP_NET_BIND_SERVICE'] }, {}],
    [{ SecurityOpt: ['no-new-privileges'] }, {}],
    [{}, bind('/srv/data')],
    [{}, bind('/home/tea/pages')],
  ])('is safe: %j %j', (host, more) => expect(making(host, more).unsafe).toEqual([]));

  it('names what no field of ours says', () => {
    const host = { Tmpfs: { '/run': '' }, Sysctls: { 'net.a': '1' }, ExtraHosts: ['a:1.2.3.4'], ReadonlyRootfs: true, Init: true, Runtime: 'runsc', CgroupParent: '/theirs', LogConfig: { Type: 'syslog' } }; // prettier-ignore
    expect(making(host, { config: { Tty: true, Healthcheck: { Test: ['NONE'] } } }).beyond).toEqual([
      'tmpfs /run',
      'sysctl net.a',
      'extra host a:1.2.3.4',
      'read-only',
      'init',
      'runtime runsc',
      'cgroup /theirs',
      'log driver syslog',
      'tty',
      'no health check',
    ]);
  });
});
