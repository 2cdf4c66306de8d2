import { describe, expect, it } from '@jest/globals';
import { toBytes, toMilliseconds } from './sizes.rules.js';
import { readDeployText } from './deploy-text.rules.js';
import { toLineWords } from './line-words.rules.js';
import { readVolume } from './volumes.rules.js';

const MIB = 1024 ** 2;
const read = (text: string) => {
  const reading = readDeployText(text);
  if ('mistake' in reading) throw new Error(reading.mistake);
  return reading;
};
const run = (flags: string) => read(`docker run ${flags} nginx:1`);
const service = (...lines: string[]) => read(`services:\n  web:\n    image: nginx:1\n${lines.map((line) => `    ${line}\n`).join('')}`); // prettier-ignore
const reasons = ({ notUnderstood }: { notUnderstood: Array<{ reason: string }> }) => notUnderstood.map(({ reason }) => reason); // prettier-ignore

describe('a pasted docker run line', () => {
  it('is a deployment of the same image', () => {
    const { input, notUnderstood } = read(`
      sudo docker run -d --name shop -p 8080:80 -p 127.0.0.1:5353:53/udp -v data:/var/lib/data \\
        -e A=b -e "C=d e" --memory 512m --cpus=1.5 --restart unless-stopped nginx:1 nginx -g 'daemon off;'
    `);
    expect(notUnderstood).toEqual([]);
    expect(input).toMatchObject({
      name: 'shop',
      image: 'nginx:1',
      memoryBytes: 512 * MIB,
      cpus: 1.5,
      ports: [
        { containerPort: 80, protocol: 'tcp', hostPort: 8080 },
        { containerPort: 53, protocol: 'udp', hostPort: 5353, ip: '127.0.0.1' },
      ],
      volumes: [{ name: 'data', target: '/var/lib/data' }],
      options: { command: ['nginx', '-g', 'daemon off;'], env: { A: 'b', C: 'd e' }, restart: { name: 'unless-stopped' } }, // prettier-ignore
    });
  });

  it.each([
    ['-m 64m', { memoryBytes: 64 * MIB }],
    ['-m64m', { memoryBytes: 64 * MIB }],
    ['--memory=1g', { memoryBytes: 1024 * MIB }],
    ['--name=x1', { name: 'x1' }],
    ['--cpus 0.5', { cpus: 0.5 }],
    ['-p 80', { ports: [{ containerPort: 80, protocol: 'tcp' }] }],
    ['-p 8000-8001:80-81', { ports: [{ containerPort: 80, protocol: 'tcp', hostPort: 8000 }, { containerPort: 81, protocol: 'tcp', hostPort: 8001 }] }], // prettier-ignore
    ['-p [::1]:8080:80', { ports: [{ containerPort: 80, protocol: 'tcp', hostPort: 8080, ip: '::1' }] }],
    ['-v /data', { volumes: [{ name: 'data', target: '/data' }] }],
    ['-v My_Data:/data', { volumes: [{ name: 'my-data', target: '/data' }] }],
    [
      '-v a_b:/a -v a-b:/b',
      {
        volumes: [
          { name: 'a-b', target: '/a' },
          { name: 'a-b-2', target: '/b' },
        ],
      },
    ],
    ['--mount type=volume,source=a,target=/a', { volumes: [{ name: 'a', target: '/a' }] }],
    ['--mount src=a,dst=/a', { volumes: [{ name: 'a', target: '/a' }] }],
    ['-it', { options: { stdinOpen: true } }],
    ['-di', { options: { stdinOpen: true } }],
    ['-w /app', { options: { workingDir: '/app' } }],
    ['-u 1000:1000', { options: { user: '1000:1000' } }],
    ['-c 512', { options: { cpuShares: 512 } }],
    ['--cpu-quota 50000 --cpu-period 100000', { options: { cpuQuota: { quotaUs: 50_000, periodUs: 100_000 } } }],
    ['--cpuset-cpus 0-1', { options: { cpuset: '0-1' } }],
    ['--pids-limit 99', { options: { pids: 99 } }],
    ['--gpus 2', { gpus: 2 }],
    ['--shm-size 64m', { options: { shmBytes: 64 * MIB } }],
    ['--memory-swap 1g', { options: { memorySwapBytes: 1024 * MIB } }],
    ['--restart on-failure:3', { options: { restart: { name: 'on-failure', maximumRetryCount: 3 } } }],
    ['-l team=shop', { options: { labels: { team: 'shop' } } }],
    ['--entrypoint /bin/sh', { options: { entrypoint: ['/bin/sh'] } }],
    ['--health-cmd "curl -f x" --health-interval 30s --health-timeout 5s --health-retries 2 --health-start-period 1m', { options: { health: { command: ['sh', '-c', 'curl -f x'], intervalMs: 30_000, timeoutMs: 5000, retries: 2, startPeriodMs: 60_000 } } }], // prettier-ignore
    ['--storage-opt size=10G', { diskBytes: 10 * 1024 * MIB }],
    ['--read-only', { profile: 'strict' }],
    ["-e A='it'\\''s'", { options: { env: { A: "it's" } } }],
    ['-e A=\\$x', { options: { env: { A: '$x' } } }],
    ['-e A=', { options: { env: { A: '' } } }],
    ['-e A=b=c', { options: { env: { A: 'b=c' } } }],
  ])('is understood with %s', (flags, expected) => {
    const { input, notUnderstood } = run(flags);
    expect(input).toMatchObject(expected);
    expect(notUnderstood.filter(({ what }) => what !== '--tty')).toEqual([]);
  });

  it.each([
    ['--privileged', 'set_by_policy'],
    ['--cap-add SYS_ADMIN', 'set_by_policy'],
    ['--security-opt seccomp=unconfined', 'set_by_policy'],
    ['--device /dev/kvm', 'set_by_policy'],
    ['--pid host', 'set_by_policy'],
    ['--ipc=host', 'set_by_policy'],
    ['--userns host', 'set_by_policy'],
    ['--volumes-from other', 'set_by_policy'],
    ['--network host', 'own_network'],
    ['--add-host a:1.2.3.4', 'own_network'],
    ['-v /var/run/docker.sock:/var/run/docker.sock', 'host_path'],
    ['-v ./data:/data', 'host_path'],
    ['-v ~/data:/data', 'host_path'],
    ['-v C:/data:/data', 'host_path'],
    ['-v ../x:/data', 'host_path'],
    ['--mount type=bind,source=/etc,target=/x', 'host_path'],
    ['--mount type=tmpfs,target=/x', 'not_offered'],
    ['-v data:/data:ro', 'not_offered'],
    ['--env-file .env', 'host_file'],
    ['-e SECRET', 'no_value'],
    ['-p 80:80', 'low_port'],
    ['-p 99999:80', 'invalid_value'],
    ['-p x:80', 'invalid_value'],
    ['-p 1-90:1-90', 'invalid_value'],
    ['-e 1A=b', 'invalid_value'],
    ['-l com.docker.compose.project=x', 'invalid_value'],
    ['-l bailiwick.id=x', 'invalid_value'],
    ['-u root', 'invalid_value'],
    ['-m lots', 'invalid_value'],
    ['--cpus -1', 'invalid_value'],
    ['--restart sometimes', 'invalid_value'],
    ['--name "a b"', 'invalid_value'],
    ['--rm', 'not_offered'],
    ['-h box', 'not_offered'],
    ['--gpus all', 'not_offered'],
    ['--gpus device=0', 'not_offered'],
    ['--frobnicate', 'unknown'],
    ['--__proto__', 'unknown'],
    ['--constructor', 'unknown'],
    ['-Z', 'unknown'],
  ])('tells that %s is not taken over', (flags, reason) => {
    const reading = run(flags);
    expect(reasons(reading)).toContain(reason);
    expect(JSON.stringify(reading.input)).not.toContain('docker.sock');
    expect(reading.input.image).toBe('nginx:1');
  });

  it('stops where a shell would do something else', () => {
    for (const tail of ['; rm -rf /', '&& reboot', '| sh', '> /etc/x', '$(id)', '`id`', '\nrm -rf /']) {
      const { input, notUnderstood } = read(`docker run nginx:1 ${tail}`);
      expect(input.options.command).toBeUndefined();
      expect(notUnderstood).toHaveLength(1);
    }
  });

  it('is nothing without an image', () => {
    expect(readDeployText('docker run -d --name x')).toEqual({ mistake: 'no_image' });
    expect(readDeployText('docker run -d sha256:abc')).toEqual({ mistake: 'no_image' });
  });
});

describe('a pasted compose file', () => {
  it('is a deployment of its first service, and tells of the others', () => {
    const { input, notUnderstood } = read(`
      version: "3.8"
      services:
        db: { build: . }
        web:
          image: nginx:1
          ports: ["8080:80", { target: 53, published: "5353", protocol: udp, host_ip: 127.0.0.1 }]
          environment: { A: b, N: 1, T: true }
          volumes: ["data:/data", { type: volume, source: logs, target: /logs }]
          deploy: { resources: { limits: { cpus: "0.5", memory: 256M, pids: 99 } } }
      volumes: { data: {}, logs: null }
    `);
    expect(notUnderstood).toEqual([{ what: 'services.db', reason: 'other_service' }]);
    expect(input).toMatchObject({
      name: 'web',
      image: 'nginx:1',
      cpus: 0.5,
      memoryBytes: 256 * MIB,
      ports: [{ containerPort: 80, hostPort: 8080 }, { containerPort: 53, protocol: 'udp', hostPort: 5353, ip: '127.0.0.1' }], // prettier-ignore
      volumes: [
        { name: 'data', target: '/data' },
        { name: 'logs', target: '/logs' },
      ],
      options: { env: { A: 'b', N: '1', T: 'true' }, pids: 99 },
    });
  });

  it.each([
    ['container_name: box', { name: 'box' }],
    ['command: sh -c "echo hi"', { options: { command: ['sh', '-c', 'echo hi'] } }],
    ['command: ["sh", "-c", "echo $$A"]', { options: { command: ['sh', '-c', 'echo $A'] } }],
    ['entrypoint: ["/bin/a", "b"]', { options: { entrypoint: ['/bin/a', 'b'] } }],
    ['environment: [A=b, C=d=e]', { options: { env: { A: 'b', C: 'd=e' } } }],
    ['labels: [team=shop]', { options: { labels: { team: 'shop' } } }],
    ['labels: { team: shop }', { options: { labels: { team: 'shop' } } }],
    ['working_dir: /app', { options: { workingDir: '/app' } }],
    ['user: "1000"', { options: { user: '1000' } }],
    ['mem_limit: 64m', { memoryBytes: 64 * MIB }],
    ['mem_limit: 67108864', { memoryBytes: 64 * MIB }],
    ['restart: on-failure:2', { options: { restart: { name: 'on-failure', maximumRetryCount: 2 } } }],
    ['restart: "no"', { options: { restart: { name: 'no' } } }],
    ['stdin_open: true', { options: { stdinOpen: true } }],
    ['read_only: true', { profile: 'strict' }],
    ['healthcheck: { test: ["CMD", "true"], interval: 1m30s, timeout: 5s, retries: 3, start_period: 10s }', { options: { health: { command: ['true'], intervalMs: 90_000, timeoutMs: 5000, retries: 3, startPeriodMs: 10_000 } } }], // prettier-ignore
    ['healthcheck: { test: curl x }', { options: { health: { command: ['sh', '-c', 'curl x'] } } }],
    ['healthcheck: { test: ["CMD-SHELL", "curl x"] }', { options: { health: { command: ['sh', '-c', 'curl x'] } } }],
    ['ports: ["80"]', { ports: [{ containerPort: 80 }] }],
    ['ports: [80]', { ports: [{ containerPort: 80 }] }],
    ['cap_drop: [ALL]', {}],
    ['security_opt: ["no-new-privileges:true"]', {}],
  ])('is understood with %s', (line, expected) => {
    const { input, notUnderstood } = service(line);
    expect(notUnderstood).toEqual([]);
    expect(input).toMatchObject(expected);
  });

  it.each([
    ['privileged: true', 'set_by_policy'],
    ['cap_add: [SYS_ADMIN]', 'set_by_policy'],
    ['pid: host', 'set_by_policy'],
    ['devices: [/dev/kvm]', 'set_by_policy'],
    ['cgroup_parent: /x', 'set_by_policy'],
    ['provider: { type: x }', 'set_by_policy'],
    ['network_mode: host', 'own_network'],
    ['networks: [a]', 'own_network'],
    ['volumes: ["/etc:/x"]', 'host_path'],
    ['volumes: ["./:/x"]', 'host_path'],
    ['volumes: [{ type: bind, source: /, target: /x }]', 'host_path'],
    ['env_file: .env', 'host_file'],
    ['extends: { file: x }', 'host_file'],
    ['label_file: x', 'host_file'],
    ['build: /', 'host_file'],
    ['secrets: [a]', 'host_file'],
    ['configs: [a]', 'host_file'],
    ['develop: { watch: [] }', 'host_file'],
    ['post_start: [{ command: x }]', 'not_offered'],
    ['gpus: all', 'not_offered'],
    ['depends_on: [db]', 'not_offered'],
    ['environment: { A: "${HOME}" }', 'variable'],
    ['environment: { A: "${X:?no}" }', 'variable'],
    ['environment: { A: "$$$B" }', 'variable'],
    ['environment: [A]', 'no_value'],
    ['environment: { A: { b: c } }', 'invalid_value'],
    ['command: "a; b"', 'invalid_value'],
    ['frobnicate: 1', 'unknown'],
    ['__proto__: { a: 1 }', 'unknown'],
    ['x-own: 1', 'not_offered'],
  ])('tells that %s is not taken over', (line, reason) => {
    const reading = service(line);
    expect(reasons(reading)).toContain(reason);
    expect(reading.input.image).toBe('nginx:1');
  });

  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'.split('').map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]`).join('\n')}\nimage: nginx`; // prettier-ignore
  it.each([
    ['no YAML at all', 'a: [', 'yaml'],
    ['a tag', 'image: !!js/function "x"', 'yaml'],
    ['a key twice', 'image: a\nimage: b', 'yaml'],
    ['more aliases than a hundred', bomb, 'yaml'],
    ['what holds itself', 'image: nginx\nx: &a [*a, *a]', 'too_deep'],
    ['deeper than thirty-two', `image: nginx\nx: ${'['.repeat(40)}${']'.repeat(40)}`, 'too_deep'],
    ['only words', 'hello', 'no_service'],
    ['no service', 'services: {}', 'no_service'],
    ['no image', 'services: { web: { build: . } }', 'no_image'],
    ['an id for an image', 'image: sha256:abc', 'no_image'],
    ['nothing', '{}', 'no_service'],
  ])('is refused with %s', (_, text, mistake) => expect(readDeployText(text)).toEqual({ mistake }));

  it('is refused quickly when it is built to be slow', () => {
    const started = performance.now();
    const many = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`);
    const slow = ['['.repeat(250_000), '["]",'.repeat(50_000), '{a: '.repeat(50_000), '- '.repeat(100_000), '? '.repeat(100_000), '&a '.repeat(50_000), '!!a '.repeat(50_000), many.join('\n'), `{${many.join()}}`, `- &a 1\n${'- *a\n'.repeat(50_000)}`, 'a: '.repeat(80_000), many.map((_, at) => `${' '.repeat(at % 700)}a:`).join('\n')]; // prettier-ignore
    for (const text of slow) expect(readDeployText(text.slice(0, 256 * 1024))).toHaveProperty('mistake');
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('words, sizes and volumes', () => {
  it('are those a shell and an engine would see', () => {
    expect(toLineWords(`a 'b c' "d \\"e\\"" f\\ g # not this`)).toEqual({ words: ['a', 'b c', 'd "e"', 'f g'], rest: null }); // prettier-ignore
    expect(toLineWords("a 'b")).toEqual({ words: ['a'], rest: "'b" });
    expect(toBytes('4GB')).toBe(4 * 1024 ** 3);
    expect(toBytes('1.5 GiB')).toBe(1.5 * 1024 ** 3);
    expect(toBytes('12')).toBe(12);
    for (const text of ['', 'GB', '1x', '-1', '1e9', '1 2']) expect(toBytes(text)).toBeUndefined();
    expect(toMilliseconds('1m30s')).toBe(90_000);
    for (const text of ['', '5', '5x', 's5', '1m 5s']) expect(toMilliseconds(text)).toBeUndefined();
    expect(readVolume('bw_default_abcdefghij_data:/data')).toMatchObject({ name: 'data' });
  });
});
