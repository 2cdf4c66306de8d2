import { describe, expect, it } from '@jest/globals';
import { findHostPathMistake, plainHostPath } from './host-path.rules.js';

const OWN = ['/opt/panel', '/opt/panel/storage', '/srv/engine/own.sock', '/data/docker'];
const HANDED_OUT = ['/srv/media', '/srv/media/', '//srv//media', '/mnt/disk 1/films', '/home/ada/www', '/data/shop-1.2_new', '/var/www', '/opt/other', '/etcetera', '/runner', '/srv/usr', '/var/lib/dockerish', '/srv/a+b=c@d~e']; // prettier-ignore

/** However it is written: what runs the host, the engine or the panel, and what only looks harmless. */
const PROTECTED = [
  ...['/', '//', '///', '/etc', '/etc/', '//etc', '/etc//', '/etc/passwd', '/etc/shadow', '/ETC', '/Etc/ssh'],
  ...['/proc', '/proc/1/root', '/proc/self/environ', '/sys', '/sys/fs/cgroup', '/sys/kernel', '/dev', '/dev/sda', '/dev/shm'],
  ...['/root', '/root/', '/root/.ssh', '/boot', '/boot/efi', '/BOOT', '/run', '/run/', '//run', '/run/docker.sock', '/run/user/1000'],
  ...['/run/containerd/containerd.sock', '/var/run', '/var/run/docker.sock', '/var//run//docker.sock', '/VAR/RUN', '/var', '/var/', '/var/lib'],
  ...['/var/lib/docker', '/var/lib/docker/volumes', '/var/lib/docker/volumes/bw_a_b/_data', '/var/lib/containerd', '/var/lib/containers/storage'],
  ...['/var/lib/kubelet/pods', '/var/spool', '/var/spool/cron', '/var/lib/systemd', '/usr', '/usr/bin', '/usr/local/bin', '/bin', '/bin/sh', '/sbin', '/lib', '/lib64', '/lib32'],
  ...['/opt', '/opt/panel', '/opt/panel/', '/opt/panel/storage', '/opt/panel/storage/databases/system.db', '/opt/panel/storage/keys', '/OPT/Panel'],
  ...['/srv', '/srv/engine', '/srv/engine/own.sock', '/data', '/data/docker', '/data/docker/overlay2'],
  ...['/home/ada/.ssh', '/home/ada/.ssh/id_ed25519', '/home/ada/.docker', '/home/ada/.kube/config', '/home/ada/.gnupg', '/mnt/x/docker.sock', '/mnt/x/Docker.Sock'],
]; // prettier-ignore
const NOT_PLAIN = [
  ...['', ' ', '.', '..', './', '../', '~', '~/', '~root', '/~', '/~root', '/srv/~', 'srv', 'srv/media', './srv', '../etc', '$HOME', '${HOME}/x', '%2Fetc', 'C:\\', 'C:/x', '\\\\host\\share', '\\etc'],
  ...['/.', '/..', '/./', '/../', '/srv/.', '/srv/..', '/srv/../etc', '/srv/media/../../etc', '/srv/./media', '/var/run/../run/docker.sock', '/srv/media/..', '/../etc', '/srv//../etc'],
  ...['/etc ', ' /etc', '/etc\t', '\t/etc', '/etc\n', '/etc\r', '/srv/media ', ' /srv/media', '/srv /media', '/srv/ media', '/srv/media\0', '/etc\0/srv', '\0/etc', '/srv/\u0001x', '/srv/\u007fx', '/srv/\u001b[2K'],
  ...['/\uff45tc', '\uff0fetc', '/e\u0301tc', '/\u0435tc', '/srv\u2215media', '/srv\u2044media', '/srv/\u2024\u2024/etc', '/srv/\u202eetc', '/srv/\u200bmedia', '/\u00a0etc', '/e\u017fc', '/\u212aeys', '/srv/b\u00fccher', '/srv/\ud83d\ude00'],
  ...['/srv/media:/etc', '/srv/media:ro', '/srv:rw', '/srv/a,b', '/srv/a;b', '/srv/a|b', '/srv/$(id)', '/srv/`id`', "/srv/'x'", '/srv/"x"', '/srv/a*', '/srv/a?', '/srv/[a]', '/srv/{a}', '/srv/a\\b', '/srv/a%2e%2e', '/srv/a#b', '/srv/a&b', '/srv/<a>', '/srv/!a', '/srv/(a)', '/srv/a^b'],
  ...['type=bind,source=/,target=/x', 'tmpfs:/x', 'volume:/x', 'nfs://host/x', 'file:///etc', '//host/share:x', 'unix:///run/docker.sock', `/${'a'.repeat(1024)}`],
]; // prettier-ignore

describe('a folder of the host', () => {
  it.each(HANDED_OUT)('may be %j', (path) => expect(findHostPathMistake(path, OWN)).toBeUndefined());
  it.each(PROTECTED)('is never %j', (path) => expect(findHostPathMistake(path, OWN)).toBe('protected'));
  it.each(NOT_PLAIN)('is not written as %j', (path) => expect(findHostPathMistake(path, OWN)).toBe('not_plain'));

  it('is tried in more than 120 ways', () =>
    expect(new Set([...PROTECTED, ...NOT_PLAIN]).size).toBeGreaterThanOrEqual(120));

  it('is said in one way', () => {
    expect(['/srv/media', '/srv/media/', '//srv///media//'].map(plainHostPath)).toEqual(Array(3).fill('/srv/media'));
  });
});
