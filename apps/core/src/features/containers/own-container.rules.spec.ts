import { describe, expect, it } from '@jest/globals';
import { isOneOf, ownIdsIn } from './own-container.rules.js';

const ID = 'a1'.repeat(32);
const OTHER = 'b2'.repeat(32);
const NOTHING = { cgroup: '0::/\n', mountinfo: '', hostname: 'workstation' };

describe('the container the core runs in', () => {
  it.each([
    ['control groups of version 1', { cgroup: `12:pids:/docker/${ID}\n11:memory:/docker/${ID}\n` }],
    ['a systemd slice', { cgroup: `0::/system.slice/docker-${ID}.scope\n` }],
    [
      'the mounts of version 2',
      { mountinfo: `602 588 8:1 /var/lib/docker/containers/${ID}/hostname /etc/hostname rw - ext4 /dev/sda1 rw\n` },
    ],
    ['the host name an engine gives', { hostname: ID.slice(0, 12) }],
  ])('is known by %s', (_, text) => {
    const own = ownIdsIn({ ...NOTHING, ...text });
    expect(isOneOf(own, ID)).toBe(true);
    expect(isOneOf(own, OTHER)).toBe(false);
  });

  it('is not found where there is none', () => {
    expect(isOneOf(ownIdsIn(NOTHING), ID)).toBe(false);
  });

  it('is not one whose files the host merely has mounted', () => {
    const mountinfo = `700 1 0:50 / /var/lib/docker/overlay2/${OTHER}/merged rw - overlay overlay rw\n`;
    expect(isOneOf(ownIdsIn({ ...NOTHING, mountinfo }), OTHER)).toBe(false);
  });
});
