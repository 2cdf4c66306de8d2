import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readDisks, readHost } from './host-usage.driver.js';
import { hostUsedBetween, toHostCounters, toMounts } from './host-usage.rules.js';

const FILES = {
  stat: 'cpu  100 0 50 1000 10 0 0 0 0 0\ncpu0 50 0 25 500 5 0 0 0\ncpu1 50 0 25 500 5 0 0 0\n',
  loadavg: '0.52 0.40 0.30 1/200 999\n',
  meminfo: 'MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 400 kB\nSwapTotal: 200 kB\nSwapFree: 150 kB\n',
  uptime: '3600.5 7000.1\n',
  netDev: ' lo: 9 0 0 0 0 0 0 0 9 0\n eth0: 1000 0 0 0 0 0 0 0 500 0\n docker0: 7 0 0 0 0 0 0 0 7 0\n vethab: 7 0 0 0 0 0 0 0 7 0\n', // prettier-ignore
  diskstats: '254 0 vda 10 0 8 0 10 0 16 0\n254 1 vda1 10 0 8 0 10 0 16 0\n7 0 loop0 9 0 9 0 9 0 9 0\n',
  cpuPressure: 'some avg10=1.25 avg60=0.00 avg300=0.00 total=1\n',
  memoryPressure: undefined,
  ioPressure: undefined,
};

describe('what a host counts', () => {
  it('is of its cards and whole disks, in bytes, with pressure where its kernel knows it', () => {
    expect(toHostCounters(FILES, 5)).toMatchObject({
      busyTicks: 150,
      totalCpus: 2,
      load: 0.52,
      memoryBytes: 600 * 1024,
      swapBytes: 50 * 1024,
      upSeconds: 3600.5,
      receivedBytes: 1000,
      sentBytes: 500,
      readBytes: 8 * 512,
      writtenBytes: 16 * 512,
      cpuPressure: 1.25,
      memoryPressure: null,
    });
  });

  it('grows to processors in use and bytes a second', () => {
    const before = toHostCounters(FILES, 0);
    const used = hostUsedBetween(before, { ...before, atMs: 2000, busyTicks: 150 + 300, receivedBytes: 5000 });
    expect(used?.values).toMatchObject({ cpus: 1.5, receivedBytesPerSecond: 2000, sentBytesPerSecond: 0, load: 0.52 });
  });
});

it('names each disk once, by its shortest mount, and no pretended file system', () => {
  const mounts = toMounts(
    'proc /proc proc rw 0 0\n/dev/vda1 /data ext4 rw 0 0\n/dev/vda1 / ext4 rw 0 0\ntmpfs /run tmpfs rw 0 0\n/dev/vdb /a\\040b xfs rw 0 0\n',
  );
  expect(mounts).toEqual([
    { device: '/dev/vda1', mountpoint: '/', type: 'ext4' },
    { device: '/dev/vdb', mountpoint: '/a b', type: 'xfs' },
  ]);
});

describe('this very host', () => {
  it('has the memory that its kernel says, within one in a hundred', () => {
    const total = Number(/^MemTotal:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) * 1024;
    const available = Number(/^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) * 1024;
    const { totalMemoryBytes, memoryBytes, totalCpus } = readHost();
    expect(totalMemoryBytes).toBe(total);
    expect(Math.abs(memoryBytes - (total - available))).toBeLessThan(total / 100);
    expect(totalCpus).toBeGreaterThan(0);
  });

  it('has disks with room for what is on them', async () => {
    for (const { totalBytes, usedBytes, freeBytes } of await readDisks()) {
      expect(usedBytes).toBeLessThanOrEqual(totalBytes);
      expect(freeBytes).toBeLessThanOrEqual(totalBytes - usedBytes);
    }
  });
});
