import { describe, expect, it } from '@jest/globals';
import { anActor } from '../../../test/factories/actor.js';
import { capabilityOf, toForget } from './live.rules.js';

describe('what a topic asks for', () => {
  it.each([
    ['containers', 'containers.see'],
    ['environments', 'environments.see'],
    ['operations', 'operations.see'],
    ['operation:op_aaaaaaaaaaaaaaaa', 'operations.see'],
  ] as const)('%s: %s', (topic, capability) => {
    expect(capabilityOf(topic)).toBe(capability);
  });
});

describe('which subscriptions are forgotten', () => {
  const actor = anActor();
  const left = (atMs: number | undefined, who = actor) => ({ actor: who, detachedAtMs: atMs });

  it('those nobody came back for in two minutes', () => {
    const old = left(0);
    expect(toForget([old, left(1), left(undefined)], 120_001)).toEqual([old]);
  });

  it('the oldest of whoever left more than twenty', () => {
    const many = Array.from({ length: 22 }, (_, n) => left(n));
    expect(toForget([...many, left(0, anActor())], 100)).toEqual([many[1], many[0]]);
  });
});
