import { describe, expect, it } from '@jest/globals';
import { type Doing, toAppError } from './docker-errors.rules.js';

const doing = (part: Partial<Doing> = {}): Doing => ({ call: 'start', noun: 'container', name: 'web', ...part });
const answered = (statusCode: number, message: string) =>
  Object.assign(new Error(`(HTTP code ${statusCode}) - ${message}`), { statusCode, json: { message } });
const broken = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

describe("an engine's words", () => {
  it.each<[string, number, string, Partial<Doing>]>([
    ['port_conflict', 500, 'driver failed programming external connectivity on endpoint web: Bind for 127.0.0.1:8080 failed: port is already allocated', {}],
    ['port_conflict', 500, 'driver failed: Error starting userland proxy: listen tcp4 127.0.0.1:8080: bind: address already in use', {}],
    ['port_conflict', 500, 'failed to set up container networking: failed to bind host port for 127.0.0.1:8080:172.18.0.2:80/tcp: address already in use', {}],
        [
      'engine_refused',
      500,
      'failed to bind host port 127.0.0.1:8080/tcp: cannot assign requested address',
      {},
    ],
['name_taken', 409, 'Conflict. The container name "/web" is already in use by container "abc". You have to remove (or rename) that container.', {}],
    ['wrong_state', 409, 'Container abc is not running', {}],
    ['wrong_state', 304, '', {}],
    ['wrong_state', 409, 'You cannot remove a running container abc. Stop the container before attempting removal or force remove', { call: 'remove' }],
    ['wrong_state', 409, 'cannot remove container "/web": container is running: stop the container before removing or force remove', { call: 'remove' }],
    ['not_found', 404, 'No such container: web', {}],
    ['image_unavailable', 404, 'No such image: nginx:none', { call: 'create' }],
    ['image_unavailable', 404, 'manifest for nginx:none not found: manifest unknown', { noun: 'image' }],
    ['image_platform', 500, 'no matching manifest for linux/arm64 in the manifest list entries', { noun: 'image' }],
    ['storage_full', 500, 'write /var/lib/docker/tmp/x: no space left on device', { noun: 'image' }],
    ['engine_refused', 400, 'invalid reference format', {}],
    ['engine_refused', 500, 'something nobody has seen before', {}],
    ['conflict', 409, 'remove data: volume is in use', { noun: 'volume' }],
  ])('become %s (%d %s)', (code, status, words, part) => {
    expect(toAppError(answered(status, words), doing(part))).toMatchObject({ code });
  }); // prettier-ignore

  it.each([
    'cgroup-parent for systemd cgroup should be a valid slice named as "xxx.slice"',
    'OCI runtime create failed: unable to apply cgroup configuration: mkdir /sys/fs/cgroup/bailiwick: permission denied',
    'unable to start unit "docker-ab.scope" (properties [...]): Unit bailiwick-ten_a.slice is masked.',
  ])('say that the cgroup of a tenant is not to be had: %s', (raw) => {
    expect(toAppError(answered(400, raw), doing())).toMatchObject({
      code: 'engine_refused',
      params: { name: 'web', reason: 'cgroup' },
      hint: expect.stringContaining('cgroup'),
      raw,
    });
  });

  it('name the port they mean', () => {
    const raw = 'Bind for 0.0.0.0:8080 failed: port is already allocated';
    expect(toAppError(answered(500, raw), doing())).toMatchObject({ params: { hostPort: 8080 }, raw });
  });
});

describe('a broken connection', () => {
  it.each([
    ['ENOENT', 'engine_down'],
    ['ECONNREFUSED', 'engine_down'],
    ['EACCES', 'no_permission'],
    ['ECONNRESET', 'connection_lost'],
  ])('by %s means the engine is away because of %s', (code, reason) => {
    expect(toAppError(broken(code), doing())).toMatchObject({
      code: 'engine_unavailable',
      status: 503,
      params: { reason },
      hint: expect.stringMatching(/\w/),
    });
  });
});
