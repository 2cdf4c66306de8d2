import { describe, expect, it } from '@jest/globals';
import { toCgroupMounts, toCgroupPaths, toNetwork, toUsage } from './cgroup-usage.rules.js';

const NOTHING = { cpu: undefined, memory: undefined, memoryStat: undefined, memoryLimit: undefined, io: undefined, processes: undefined, network: undefined }; // prettier-ignore

describe('what a group of the kernel says', () => {
  it('of the first kind: nanoseconds, cache apart, and a limit that is none', () => {
    expect(
      toUsage(
        1,
        {
          cpu: '1500000\n',
          memory: '5000000\n',
          memoryStat: 'inactive_file 1\ntotal_inactive_file 2000000\n',
          memoryLimit: '9223372036854771712\n',
          io: '8:0 Read 100\n8:0 Write 50\n8:0 Sync 150\n8:16 Read 5\n8:16 Write 0\nTotal 305\n',
          processes: '3\n',
          network: 'Inter-|\n face |\n    lo: 9 9 0 0 0 0 0 0 9 9\n  eth0:1000 5 0 0 0 0 0 0 2000 7 0 0 0 0 0 0\n',
        },
        7,
      ),
    ).toEqual({
      atMs: 7,
      cpuMicros: 1500,
      memoryBytes: 3_000_000,
      cacheBytes: 2_000_000,
      memoryLimitBytes: null,
      receivedBytes: 1000,
      sentBytes: 2000,
      readBytes: 105,
      writtenBytes: 50,
      processes: 3,
    });
  });

  it('of the second kind: microseconds, and a limit in bytes or none', () => {
    const files = {
      ...NOTHING,
      cpu: 'usage_usec 4242\nuser_usec 4000\n',
      memory: '1000\n',
      memoryStat: 'anon 100\ninactive_file 400\n',
      memoryLimit: '67108864\n',
      io: '8:0 rbytes=10 wbytes=20 rios=1 wios=1 dbytes=0 dios=0\n8:16 rbytes=1 wbytes=2 rios=1\n',
    };
    expect(toUsage(2, files, 0)).toMatchObject({ cpuMicros: 4242, memoryBytes: 600, cacheBytes: 400, memoryLimitBytes: 67_108_864, readBytes: 11, writtenBytes: 22, processes: null, receivedBytes: null }); // prettier-ignore
    expect(toUsage(2, { ...files, memoryLimit: 'max\n' }, 0)).toMatchObject({ memoryLimitBytes: null });
  });

  it('that is not there: nothing is made up', () => {
    expect(Object.values(toUsage(2, NOTHING, 0)).filter((value) => value !== null)).toEqual([0]);
  });
});

it('finds where each hierarchy is mounted, and a program in it', () => {
  const mounts = toCgroupMounts(
    '33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct\n' +
      '35 31 0:32 /docker/abc /elsewhere rw - cgroup cgroup rw,memory\n' +
      '36 31 0:33 / /sys/fs/cgroup/unified rw shared:1 - cgroup2 cgroup2 rw\n',
  );
  expect([mounts.get('cpuacct'), mounts.get('memory'), mounts.get('')]).toEqual(['/sys/fs/cgroup/cpu,cpuacct', undefined, '/sys/fs/cgroup/unified']); // prettier-ignore
  const paths = toCgroupPaths(
    '5:cpu,cpuacct:/docker/abc\n1:name=systemd:/docker/abc\n0::/system.slice/docker-abc.scope\n',
  );
  expect([paths.get('cpuacct'), paths.get('')]).toEqual(['/docker/abc', '/system.slice/docker-abc.scope']);
});

it('adds up only the interfaces that count', () => {
  const text = ' eth0: 10 0 0 0 0 0 0 0 20 0\n veth1: 5 0 0 0 0 0 0 0 5 0\n';
  expect(toNetwork(text, (name) => !name.startsWith('veth'))).toEqual({ receivedBytes: 10, sentBytes: 20 });
});
