import { describe, expect, it } from '@jest/globals';
import type { Channel } from '@bailiwick/contract';
import {
  CHANNEL_FIELDS,
  channelRules,
  channelState,
  initialValues,
  newSecret,
  toChannelBody,
} from './channel-form.rules.ts';

const aChannel = (more: Partial<Channel> = {}): Channel => ({
  id: 'chn_aaaaaaaaaaaaaaaa',
  name: 'On call',
  settings: { kind: 'ntfy', server: 'https://ntfy.sh', topic: 'ops', hasToken: true },
  rules: null,
  tenant: null,
  delegated: false,
  recoveries: true,
  enabled: true,
  createdAt: '2026-01-01T00:00:00.000Z',
  waiting: 0,
  lost: 0,
  lastSentAt: null,
  lastFailure: null,
  ...more,
});
const CHOICES = { rules: null, recoveries: true, enabled: true, isOfTenant: false };
const wrong = (kind: Channel['settings']['kind'], values: object, channel: Channel | null = null) => {
  const all = { ...initialValues(kind, channel), ...values };
  return CHANNEL_FIELDS.filter((field) => !channelRules(kind, channel)[field](all[field]));
};

describe('the form of a channel', () => {
  it('asks for what its kind needs, and nothing else', () => {
    expect(wrong('mail', {})).toEqual(['name', 'to']);
    expect(wrong('webhook', { name: 'x', url: 'ftp://x' })).toEqual(['url', 'secret']);
    expect(wrong('telegram', { name: 'x', token: 'x', chat: 'x y' })).toEqual(['chat', 'token']);
    expect(wrong('ntfy', { name: 'x', topic: 'a/b' })).toEqual(['topic']);
    expect(wrong('slack', { name: 'x', url: 'https://hooks.example.org/x' })).toEqual([]);
  });

  it('says of a tenant’s own nothing of whose it is', () => {
    const values = { ...initialValues('slack', null), url: 'https://hooks.example.org/x' };
    expect(toChannelBody('slack', values, CHOICES)).toHaveProperty('tenant', null);
    expect(toChannelBody('slack', values, { ...CHOICES, isOfTenant: true })).not.toHaveProperty('tenant');
  });

  it('keeps a secret that is left empty', () => {
    const kept = aChannel({ settings: { kind: 'webhook', host: 'example.org' } });
    expect(wrong('webhook', {}, kept)).toEqual([]);
    expect(toChannelBody('webhook', initialValues('webhook', kept), CHOICES)).toMatchObject({ settings: { kind: 'webhook' } }); // prettier-ignore
    expect(wrong('webhook', { secret: 'short' }, kept)).toEqual(['secret']);
  });

  it('is sent as the core takes it', () => {
    const mail = { ...initialValues('mail', null), name: ' On call ', to: 'a@example.org,\nb@example.org' };
    expect(toChannelBody('mail', mail, { ...CHOICES, rules: new Set(['container_oom']) })).toEqual({
      name: 'On call',
      tenant: null,
      rules: ['container_oom'],
      recoveries: true,
      enabled: true,
      settings: { kind: 'mail', to: ['a@example.org', 'b@example.org'] },
    });
    expect(toChannelBody('ntfy', initialValues('ntfy', aChannel()), CHOICES)).toMatchObject({
      settings: { kind: 'ntfy', server: 'https://ntfy.sh', topic: 'ops' },
    });
  });

  it('makes up secrets of its own', () => expect(newSecret()).toMatch(/^[0-9a-f]{64}$/));
});

it('says how a channel is doing', () => {
  const failure = {
    failure: 'timeout',
    status: null,
    said: null,
    at: '2026-01-01T00:00:00.000Z',
    nextTryAt: null,
  } as const;
  expect(channelState(aChannel())).toBe('fresh');
  expect(channelState(aChannel({ lastSentAt: '2026-01-01T00:00:00.000Z' }))).toBe('good');
  expect(channelState(aChannel({ lastFailure: { ...failure, isOver: false } }))).toBe('failing');
  expect(channelState(aChannel({ enabled: false, lastFailure: { ...failure, isOver: false } }))).toBe('off');
});
