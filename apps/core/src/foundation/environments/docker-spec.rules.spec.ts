import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aSpec } from '../../../test/factories/spec.js';
import { isAppError } from '../../kernel/errors.js';
import type { CgroupDriver } from './cgroup-parent.rules.js';
import { toEngine } from './docker-spec.rules.js';
import type { ContainerSpec } from './engine.js';

const DEEP = process.env['BAILIWICK_TEST_DEEP'] === '1';
const RUNS = DEEP ? 1_000_000 : 100_000;

/**
 * What a host can bear, written without a look at how a body is made: a list of keys that may be there at all, and what
 * each may hold. Anything else is not safe.
 */
function isSafe(body: unknown, cgroups: CgroupDriver): boolean {
  const known = [
    'name',
    'Image',
    'Entrypoint',
    'Cmd',
    'OpenStdin',
    'User',
    'WorkingDir',
    'Env',
    'Labels',
    'ExposedPorts',
    'Healthcheck',
    'HostConfig',
  ];
  const knownHost = ['NetworkMode', 'PortBindings', 'RestartPolicy', 'Memory', 'MemorySwap', 'NanoCpus', 'CpuQuota', 'CpuPeriod', 'CpuShares', 'CpusetCpus', 'PidsLimit', 'ShmSize', 'StorageOpt', 'CapDrop', 'CapAdd', 'SecurityOpt', 'Privileged', 'PublishAllPorts', 'ReadonlyRootfs', 'Tmpfs', 'IpcMode', 'CgroupParent', 'LogConfig', 'Ulimits', 'Mounts']; // prettier-ignore
  const all = JSON.parse(JSON.stringify(body));
  const host = all.HostConfig;
  if (!Object.keys(all).every((key) => known.includes(key))) return false;
  if (!Object.keys(host).every((key) => knownHost.includes(key))) return false;
  if (host.Privileged !== false || host.PublishAllPorts !== false || host.IpcMode !== 'private') return false;
  if (JSON.stringify(host.CapDrop) !== '["ALL"]') return false;
  const harmless = new Set(['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID', 'NET_BIND_SERVICE', 'KILL']);
  if (!host.CapAdd.every((capability: string) => harmless.has(capability))) return false;
  if (JSON.stringify(host.SecurityOpt) !== '["no-new-privileges"]') return false;
  const place = { cgroupfs: /^\/bailiwick\/(ten_[a-z2-7]{16})$/, systemd: /^bailiwick-(ten_[a-z2-7]{16})\.slice$/, none: /^()$/ }; // prettier-ignore
  const standsWith = place[cgroups].exec(host.CgroupParent ?? '')?.[1] ?? '';
  if (standsWith !== (cgroups === 'none' ? '' : all.Labels['bailiwick.tenant'])) return false;
  if (!host.NetworkMode.startsWith('bw_') || /[:/\s]/.test(host.NetworkMode)) return false;
  if (!(host.Memory >= 6 * 1024 ** 2) || !(host.MemorySwap >= host.Memory)) return false;
  // One way of bounding processors, and never none.
  const bounded = [host.NanoCpus > 0, host.CpuQuota >= 1000 && host.CpuPeriod >= 1000];
  if (bounded.filter(Boolean).length !== 1) return false;
  if (host.CpusetCpus !== undefined && !/^[\d,-]+$/.test(host.CpusetCpus)) return false;
  if (host.CpuShares !== undefined && !(host.CpuShares >= 2)) return false;
  if (all.Entrypoint?.some((part: string) => part.includes('\0'))) return false;
  if (!(host.PidsLimit >= 32 && host.PidsLimit <= 4096)) return false;
  if (host.ShmSize !== undefined && !(host.ShmSize <= host.Memory)) return false;
  if (host.StorageOpt !== undefined && !/^\d{7,16}$/.test(host.StorageOpt.size)) return false;
  if (host.LogConfig.Type !== 'json-file' || host.LogConfig.Config['max-size'] !== '10m') return false;
  if (host.LogConfig.Config['max-file'] !== '3') return false;
  for (const mount of host.Mounts) {
    if (Object.keys(mount).sort().join() !== 'Source,Target,Type') return false;
    const isVolume = mount.Type === 'volume' && mount.Source.startsWith('bw_') && !mount.Source.includes('/');
    const isOwnFolder = mount.Type === 'bind' && /^\/host\/ws\/[a-z0-9-]{1,40}\/ct_[a-z2-7]{16}$/.test(mount.Source);
    if (!isVolume && !isOwnFolder) return false;
    const parts = mount.Target.split('/').filter((part: string) => part !== '');
    if (!mount.Target.startsWith('/') || parts.length === 0 || parts.includes('..') || parts.includes('.'))
      return false;
    if (['proc', 'sys', 'dev'].includes(parts[0])) return false;
  }
  for (const bindings of Object.values<Array<{ HostIp: string; HostPort: string }>>(host.PortBindings))
    for (const { HostIp, HostPort } of bindings)
      if (HostIp === '' || !(Number(HostPort) >= 1024 && Number(HostPort) <= 65_535)) return false;
  for (const entry of all.Env) if (!/^[A-Za-z_]\w*=/.test(entry) || entry.includes('\0')) return false;
  if (/^sha256:/.test(all.Image)) return false;
  if (all.User !== undefined && (!/^\d+(:\d+)?$/.test(all.User) || (all.HostConfig.ReadonlyRootfs && /^0+(:|$)/.test(all.User)))) return false; // prettier-ignore
  if (all.WorkingDir !== undefined && (!all.WorkingDir.startsWith('/') || /^\/*proc(\/|$)|(^|\/)\.\.?(\/|$)|[\0:]/.test(all.WorkingDir))) return false; // prettier-ignore
  const own = ['bailiwick.id', 'bailiwick.op', 'bailiwick.tenant', 'bailiwick.preset', 'bailiwick.sig'];
  if (!own.every((label) => label in all.Labels)) return false;
  if (all.Labels['com.docker.compose.project'] !== '' || all.Labels['traefik.enable'] !== 'false') return false;
  const steering = /^(bailiwick|com\.docker|traefik|caddy|com\.centurylinklabs)/i;
  const ours = [...own, 'traefik.enable', 'com.centurylinklabs.watchtower.enable', 'caddy'];
  for (const [label, value] of Object.entries(all.Labels))
    if (steering.test(label) && value !== '' && !ours.includes(label)) return false;
  if (all.Healthcheck && all.Healthcheck.Test[0] !== 'CMD') return false;
  return true;
}

const evil = (...texts: string[]) => fc.oneof(fc.constantFrom(...texts), fc.string({ maxLength: 12 }));
const number = fc.oneof(
  fc.integer({ min: -5, max: 70_000 }),
  fc.integer({ min: 6 * 1024 ** 2, max: 64 * 1024 ** 2 }),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, 0.5, -0, 2 ** 60),
);
const part = <Value>(good: Value, bad: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(good) }, bad);
const target = evil('/data', '/', '/proc', '//proc/1', '/sys', '/dev/shm', '/a/../etc', '/a/./b', '/..', 'data', '/a:ro', '/a,b', '/a\0', '/var/run/docker.sock'); // prettier-ignore
const CT = 'ct_aaaaaaaaaaaaaaaa';
const TEN = 'ten_aaaaaaaaaaaaaaaa';
const tenant = evil(TEN, '', '..', `../${TEN}`, `${TEN}/..`, `${TEN}\n`, `${TEN}.slice`, 'ten_AAAAAAAAAAAAAAAA', 'ten-a', '/'); // prettier-ignore
const volumeName = evil('bw_default_data', '/etc', '/', 'bw_../etc', 'bw_a/b', 'data', '..', 'bw_', 'bw_a:b', `acme/${CT}`, `../${CT}`, `/etc/${CT}`, `acme/${CT}/..`, `acme/${CT}\n`, `acme/../../${CT}`); // prettier-ignore

const anySpec: fc.Arbitrary<ContainerSpec> = fc.record({
  name: part('web', evil('../web', 'w/x', 'a b', '', '-x')),
  image: part('nginx:stable', evil('sha256:abc', '', '../x', 'nginx stable', 'registry.example:5000/a/b@sha256:0')),
  entrypoint: part<readonly string[] | null>(null, fc.array(fc.string(), { maxLength: 3 })),
  command: part<readonly string[] | null>(null, fc.array(fc.string(), { maxLength: 3 })),
  env: part({}, fc.dictionary(evil('A', 'A=B', '', 'LD_PRELOAD', '1A', 'A B'), fc.string(), { maxKeys: 2 })),
  ports: part<ContainerSpec['ports']>(
    [],
    fc.array(
      fc.record({
        ip: evil('127.0.0.1', '0.0.0.0', '', '::', 'localhost', '1.2.3.4:80'),
        hostPort: number,
        containerPort: number,
        protocol: fc.constantFrom('tcp' as const, 'udp' as const),
      }),
      { maxLength: 2 },
    ),
  ),
  diskBytes: part<number | null>(null, number),
  user: part<string | null>(null, evil('0', '00:5', '1000', '1000:0', 'root', '', '-1', '1 0')),
  workingDir: part<string | null>(null, evil('/app', '/proc/self/fd/8', '//proc', '/a/../proc', 'app', '/a:b')),
  volumes: part<ContainerSpec['volumes']>([], fc.array(fc.record({ name: volumeName, target }), { maxLength: 2 })),
  network: part(
    'bw_default',
    evil('host', 'bridge', 'none', 'default', 'container:web', 'bw_a:b', 'bw_', 'ns:/proc/1'),
  ),
  memoryBytes: part(64 * 1024 ** 2, number),
  memorySwapBytes: part(64 * 1024 ** 2, number),
  cpus: part(1, number),
  cpuQuota: part<ContainerSpec['cpuQuota']>(null, fc.record({ quotaUs: number, periodUs: number })),
  cpuShares: part<number | null>(null, number),
  cpuset: part<string | null>(null, evil('0', '0-3', '0,2', '', '-1', '0-', 'all', '0;1', '0\n1')),
  pids: part(256, number),
  shmBytes: part<number | null>(null, number),
  stdinOpen: fc.boolean(),
  restart: fc.record({
    name: fc.constantFrom('no' as const, 'on-failure' as const, 'unless-stopped' as const, 'always' as const),
    maximumRetryCount: part(0, number),
  }),
  health: part<ContainerSpec['health']>(
    null,
    fc.record({
      command: fc.array(fc.string(), { maxLength: 2 }),
      intervalMs: number,
      timeoutMs: number,
      retries: number,
      startPeriodMs: number,
    }),
  ),
  profile: fc.constantFrom('strict' as const, 'compat' as const),
  tags: part({}, fc.dictionary(evil('team', 'example.com/owner', 'bailiwick.id', 'Bailiwick.id', 'traefik.http.routers.x', 'com.docker.compose.project', 'caddy_0', ''), fc.string(), { maxKeys: 2 })), // prettier-ignore
  labels: part({}, fc.dictionary(evil('bailiwick.id', 'bailiwick.tenant', 'traefik.enable', 'com.docker.compose.project', 'BAILIWICK.id', 'bailiwick.id.x'), tenant, { maxKeys: 2 })), // prettier-ignore
});

describe('what an engine is asked to make', () => {
  it('is safe for the host, or is not asked at all', () => {
    let made = 0;
    fc.assert(
      fc.property(anySpec, fc.constantFrom('cgroupfs', 'systemd', 'none'), (spec, cgroups) => {
        const body = madeFrom(spec, cgroups);
        if (body === undefined) return true;
        made += 1;
        return isSafe(body, cgroups);
      }),
      { numRuns: RUNS },
    );
    // The refusals must not be all there is: enough of the random specs are good ones.
    expect(made).toBeGreaterThan(RUNS / 200);
  }, 1_800_000);

  it('is refused naming the field', () => {
    const refusal = (part: Partial<ContainerSpec>, field: string) =>
      expect(() => toEngine(aSpec(part))).toThrow(
        expect.objectContaining({ code: 'engine_refused', params: { field } }),
      );
    refusal({ network: 'host' }, 'network');
    refusal({ pids: 8 }, 'pids');
    refusal({ memorySwapBytes: 1 }, 'memorySwapBytes');
    refusal({ labels: { 'com.docker.compose.project': 'theirs' } }, 'labels');
    for (const name of ['..', 'ten_a', `${TEN}/..`, `../${TEN}`, `${TEN}\n`])
      refusal({ labels: { 'bailiwick.tenant': name } }, 'labels');
    refusal({ user: '0', profile: 'strict' }, 'user');
    refusal({ workingDir: '/proc/self/fd/8' }, 'workingDir');
    for (const target of ['/proc', '/', '/..', '/./proc', '/a\n/../etc'])
      refusal({ volumes: [{ name: 'bw_default_x', target }] }, 'volumes');
    for (const name of ['bw_default_x', '/etc', 'a'.repeat(63), 'A'.repeat(64)])
      refusal({ unnamed: [{ name, target: '/data' }] }, 'unnamed');
    refusal({ unnamed: [{ name: 'a'.repeat(64), target: '/proc' }] }, 'unnamed');
    for (const source of ['/', '/etc', '/var/run/docker.sock', '/srv/', '/srv/../etc', 'srv', 'bw_default_x'])
      refusal({ binds: [{ source, target: '/x', readOnly: true }] }, 'binds');
    refusal({ binds: [{ source: '/srv/media', target: '/proc', readOnly: true }] }, 'binds');
  });

  it('stands where its tenant does, as its engine names that place', () => {
    const labels = { 'bailiwick.tenant': TEN };
    const parent = (...how: [part?: Partial<ContainerSpec>, cgroups?: CgroupDriver]) =>
      toEngine(aSpec(how[0]), null, how[1]).HostConfig.CgroupParent;
    expect(parent({ labels }, 'cgroupfs')).toBe(`/bailiwick/${TEN}`);
    expect(parent({ labels }, 'systemd')).toBe(`bailiwick-${TEN}.slice`);
    expect(parent({ labels }, 'none')).toBeUndefined();
    expect(parent({}, 'cgroupfs')).toBeUndefined();
  });

  it('asks for graphics processors by number alone', () => {
    expect(toEngine(aSpec()).HostConfig).not.toHaveProperty('DeviceRequests');
    const { HostConfig } = toEngine(aSpec({ gpus: 2 }));
    expect(HostConfig.DeviceRequests).toEqual([{ Driver: 'nvidia', Count: 2, Capabilities: [['gpu']] }]);
    for (const gpus of [0, -1, 17, 0.5, Number.NaN])
      expect(() => toEngine(aSpec({ gpus }))).toThrow(expect.objectContaining({ params: { field: 'gpus' } }));
  });

  it('takes the volumes over that nobody named', () => {
    const name = '0f'.repeat(32);
    const { HostConfig } = toEngine(aSpec({ unnamed: [{ name, target: '/data' }] }));
    expect(HostConfig.Mounts).toEqual([{ Type: 'volume', Source: name, Target: '/data' }]);
  });

  it('mounts a workspace from where the engine’s host has it, and nowhere else', () => {
    const volumes = [{ name: `acme/${CT}`, target: '/app' }];
    expect(toEngine(aSpec({ volumes }), '/host/ws').HostConfig.Mounts).toEqual([
      { Type: 'bind', Source: `/host/ws/acme/${CT}`, Target: '/app' },
    ]);
    expect(() => toEngine(aSpec({ volumes }))).toThrow(expect.objectContaining({ code: 'engine_refused' }));
  });

  it('holds every limit that was asked for', () => {
    const restart = { name: 'on-failure', maximumRetryCount: 7 } as const;
    const body = toEngine(aSpec({ cpus: 0.25, pids: 100, shmBytes: 1024 ** 2, cpuShares: 512, cpuset: '0', restart }));
    expect(body.HostConfig).toMatchObject({
      Memory: 32 * 1024 ** 2,
      MemorySwap: 32 * 1024 ** 2,
      NanoCpus: 250_000_000,
      PidsLimit: 100,
      ShmSize: 1024 ** 2,
      CpuShares: 512,
      CpusetCpus: '0',
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 7 },
    });
  });

  it('bounds processors by a quota instead of a number where one is given: an engine takes one of them', () => {
    const { HostConfig } = toEngine(aSpec({ cpus: 0.5, cpuQuota: { quotaUs: 50_000, periodUs: 100_000 } }));
    expect(HostConfig).toMatchObject({ CpuQuota: 50_000, CpuPeriod: 100_000 });
    expect(HostConfig).not.toHaveProperty('NanoCpus');
  });

  it('starts the program that was named, with tags that steer nothing', () => {
    const body = toEngine(aSpec({ entrypoint: ['sh', '-c'], command: ['echo hi'], tags: { team: 'shop' } }));
    expect(body).toMatchObject({ Entrypoint: ['sh', '-c'], Cmd: ['echo hi'] });
    expect(body.Labels).toMatchObject({ team: 'shop', 'traefik.enable': 'false', 'bailiwick.id': '' });
    for (const tags of [{ 'bailiwick.id': 'x' }, { 'traefik.enable': 'true' }, { Caddy: 'x' }, { a: '\0' }])
      expect(() => toEngine(aSpec({ tags }))).toThrow(
        expect.objectContaining({ code: 'engine_refused', params: { field: 'tags' } }),
      );
  });

  it('adds no capability and writes nothing into its image under the strict profile', () => {
    const { HostConfig } = toEngine(aSpec({ profile: 'strict' }));
    expect(HostConfig).toMatchObject({ CapAdd: [], ReadonlyRootfs: true });
    expect(Object.values(HostConfig.Tmpfs).every((options) => options.includes('nosuid'))).toBe(true);
  });

  it('speaks over the labels an image brings along', () => {
    const { Labels } = toEngine(aSpec({ labels: { 'bailiwick.id': 'ct_aaaaaaaaaaaaaaaa' } }));
    expect(Labels).toMatchObject({ 'bailiwick.id': 'ct_aaaaaaaaaaaaaaaa', 'bailiwick.sig': '', caddy: '' });
  });
});

function madeFrom(spec: ContainerSpec, cgroups: CgroupDriver): unknown {
  try {
    return toEngine(spec, '/host/ws', cgroups);
  } catch (error) {
    if (isAppError(error, 'engine_refused')) return undefined;
    throw error;
  }
}
