import { describe, expect, it } from '@jest/globals';
import { imageCheck } from './image-checks.rules.js';

const on = (architecture: string, os = 'linux') => ({ os, architecture });
const codeFor = (platforms: ReturnType<typeof on>[], host: string | null) =>
  imageCheck('a:1', { at: 'registry', image: { platforms } }, host).code;

describe('an image and a processor', () => {
  it.each([
    [[on('amd64'), on('arm64')], 'x86_64'],
    [[on('arm64')], 'aarch64'],
    [[on('arm')], 'armv7l'],
    [[on('386')], 'x86_64'],
    [[on('s390x')], 's390x'],
    [[], 'x86_64'],
    [[on('arm64')], null],
    [[on('')], 'x86_64'],
  ])('go together: %j on %s', (platforms, host) => {
    expect(codeFor(platforms, host)).toBe('image_pulled');
  });

  it.each([
    [[on('arm64')], 'x86_64'],
    [[on('amd64')], 'aarch64'],
    [[on('amd64', 'windows')], 'x86_64'],
  ])('do not: %j on %s', (platforms, host) => {
    expect(codeFor(platforms, host)).toBe('image_platform');
  });

  it('of what lies on the host is told as well', () => {
    const image = { platform: on('arm64'), user: '', sizeBytes: 5 };
    expect(imageCheck('a:1', { at: 'host', image }, 'x86_64')).toMatchObject({
      outcome: 'blocked',
      params: { madeFor: ['linux/arm64'], host: 'x86_64' },
    });
  });
});
