import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../kernel/grpc/struct.rules.js';
import {
  changedSettings,
  checkSettings,
  readSettingsSchema,
  shownSettings,
  wantedSettings,
} from './plugin-settings.rules.js';

const text = { type: 'string' };
const secret = { type: 'string', writeOnly: true, minLength: 3 };
const webhook = {
  type: 'object',
  required: ['url'],
  properties: {
    url: { type: 'string', format: 'uri' },
    retries: { type: 'integer', minimum: 0, maximum: 9, default: 3 },
    secret,
    proxy: { type: 'object', properties: { host: text, password: { type: 'string', format: 'password' } } },
  },
  additionalProperties: false,
};
const read = (json: object) => {
  const schema = readSettingsSchema(json as Record<string, unknown>);
  if ('error' in schema) throw new Error(schema.error);
  return schema;
};
const issuesOf = (json: object, values: JsonObject) => {
  const checked = checkSettings(read(json).schema, values);
  return 'issues' in checked ? checked.issues : [];
};

describe('the settings of a plugin', () => {
  it('are checked by its schema, and what is left out gets its default', () => {
    const { schema, secrets } = read(webhook);
    expect(secrets).toEqual([['secret'], ['proxy', 'password']]);
    expect(checkSettings(schema, { url: 'https://a.test' })).toEqual({ settings: { url: 'https://a.test', retries: 3 } });
  }); // prettier-ignore

  it('that are wrong say so at their fields', () => {
    const wrong = { retries: 12, secret: 'ab', proxy: { host: 7 }, more: true };
    expect(issuesOf(webhook, wrong).map(({ path }) => path).sort()).toEqual([
      'values.more',
      'values.proxy.host',
      'values.retries',
      'values.secret',
      'values.url',
    ]); // prettier-ignore
    expect(issuesOf(webhook, {})[0]?.message).toBe('This is missing. It takes a text.');
  });

  it('with a pattern that never ends are refused in time', () => {
    const since = performance.now();
    const schema = { type: 'object', properties: { name: { type: 'string', pattern: '^(a+)+$' } } };
    expect(issuesOf(schema, { name: `${'a'.repeat(60)}!` })).toMatchObject([{ path: 'values' }]);
    expect(performance.now() - since).toBeLessThan(3000);
  });

  it.each([
    ['of no object', { type: 'string' }, /not the schema of an object/],
    ['with a condition', { type: 'object', if: {}, then: {} }, /Conditional/],
    ['with a kind there is not', { type: 'object', properties: { a: { type: 'date' } } }, /date/],
    ['with a pattern that is none', { type: 'object', properties: { a: { type: 'string', pattern: '(' } } }, /pattern|regular/i], // prettier-ignore
    ['of another machine', { type: 'object', properties: { a: { $ref: 'https://a.test/b.json' } } }, /ref/],
    ['with secrets in a list', { type: 'object', properties: { keys: { type: 'array', items: secret } } }, /properties of objects only/], // prettier-ignore
  ])('%s cannot be read, and it is said why', (_what, json, words) => {
    expect(readSettingsSchema(json)).toMatchObject({ error: expect.stringMatching(words) });
  });

  it('never show a secret, keep it where it is not named, and forget it where it is empty', () => {
    const { secrets } = read(webhook);
    const kept = { url: 'https://a.test', secret: 'hush', proxy: { host: 'b', password: 'more' } };
    expect(shownSettings(kept, secrets)).toEqual({ url: 'https://a.test', secret: null, proxy: { host: 'b', password: null } }); // prettier-ignore
    expect(shownSettings({ url: 'https://a.test' }, secrets)).toEqual({ url: 'https://a.test' });
    const wanted = { url: 'https://b.test', secret: null };
    expect(wantedSettings(wanted, kept, secrets)).toEqual({ url: 'https://b.test', secret: 'hush', proxy: { password: 'more' } }); // prettier-ignore
    expect(wantedSettings({ ...wanted, secret: '', proxy: { password: '' } }, kept, secrets)).toEqual({ url: 'https://b.test', proxy: {} }); // prettier-ignore
    expect(wantedSettings({ ...wanted, secret: 'new' }, kept, secrets)).toMatchObject({ secret: 'new' });
  });

  it('that are otherwise are told by name alone', () => {
    expect(changedSettings({ a: 1, b: 'x', c: {} }, { a: 1, b: 'y', d: null })).toEqual(['b', 'c', 'd']);
  });
});
