import { describe, expect, it } from '@jest/globals';
import type { ErrorEnvelope, Plugin } from '@bailiwick/contract';
import { settingGroups, settingIssues, settingsOf, typedFirst } from './settings-form.rules.ts';

const schema = {
  type: 'object',
  required: ['url'],
  properties: {
    url: { type: 'string', format: 'uri', title: 'Address' },
    table: { type: 'string', maxLength: 100_000 },
    retries: { type: 'integer', default: 3 },
    strict: { type: 'boolean', default: true },
    level: { enum: ['low', 'high', 7] },
    hosts: { type: 'array', items: { type: 'string' } },
    secret: { type: 'string', writeOnly: true },
    tags: { type: 'object', additionalProperties: { type: 'string' } },
    proxy: { type: 'object', title: 'Proxy', properties: { host: { type: 'string' }, deep: { type: 'object', properties: { a: {} } } } },
  },
}; // prettier-ignore
const plugin = (settings: Record<string, unknown> = {}) =>
  ({ manifest: { settings: schema }, settings }) as unknown as Pick<Plugin, 'manifest' | 'settings'>;
const none = new Set<string>();

describe('the form of a plugin’s settings', () => {
  it('has the control that fits each, and a group for an object', () => {
    const [own, proxy] = settingGroups(plugin({ secret: null }));
    expect(own?.fields.map(({ key, kind }) => [key, kind])).toEqual([
      ['url', 'text'],
      ['table', 'long'],
      ['retries', 'number'],
      ['strict', 'boolean'],
      ['level', 'choice'],
      ['hosts', 'texts'],
      ['secret', 'secret'],
      ['tags', 'json'],
    ]);
    expect(own?.fields[0]).toMatchObject({ title: 'Address', required: true });
    expect(own?.fields[6]).toMatchObject({ isKept: true });
    expect(proxy).toMatchObject({ title: 'Proxy', fields: [{ key: 'proxy.host' }, { key: 'proxy.deep', kind: 'json' }] }); // prettier-ignore
  });

  it('begins with what is set, else with what the schema says', () => {
    expect(typedFirst(plugin({ url: 'https://a.test', hosts: ['a', 'b'], level: 7, secret: null, tags: { x: 'y' }, proxy: { host: 'p' } }))).toEqual({
      url: 'https://a.test',
      table: '',
      retries: '3',
      strict: 'true',
      level: '7',
      hosts: 'a\nb',
      secret: '',
      tags: '{\n  "x": "y"\n}',
      'proxy.host': 'p',
      'proxy.deep': '',
    });
  }); // prettier-ignore

  it('gives back what was typed, keeps a secret that is left alone and what it has no field for', () => {
    const kept = plugin({ secret: null, other: 1 });
    const typed = { ...typedFirst(kept), url: 'https://a.test', hosts: ' a \n\nb', level: '"high"', 'proxy.host': 'p' };
    const values = { other: 1, url: 'https://a.test', retries: 3, strict: true, level: 'high', hosts: ['a', 'b'], proxy: { host: 'p' } }; // prettier-ignore
    expect(settingsOf(kept, typed, none)).toEqual({ values: { ...values, secret: null } });
    expect(settingsOf(kept, typed, new Set(['secret']))).toEqual({ values: { ...values, secret: '' } });
    expect(settingsOf(plugin({ other: 1 }), typed, none)).toEqual({ values });
  });

  it('says at its field what cannot be read', () => {
    const typed = { ...typedFirst(plugin()), retries: 'three', tags: '{' };
    expect(settingsOf(plugin(), typed, none)).toEqual({ wrong: { retries: 'number', tags: 'json' } });
  });

  it('puts the core’s words at the fields they are about', () => {
    const issues = ['values.url', 'values.hosts.1', 'values.more'].map((path) => ({ path, code: 'x', message: `at ${path}` })); // prettier-ignore
    const refusal: ErrorEnvelope = { code: 'invalid_request', message: '', requestId: '', params: { issues } };
    expect(settingIssues(refusal, ['url', 'hosts'])).toEqual({
      url: 'at values.url',
      hosts: 'at values.hosts.1',
      '': 'more: at values.more',
    });
  });
});
