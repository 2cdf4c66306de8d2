import { describe, expect, it } from '@jest/globals';
import type { Plugin, PluginConsent, TenantId } from '@bailiwick/contract';
import {
  consentChange,
  EVERY_PLUGIN,
  isNoChange,
  lookedAt,
  needOf,
  readPluginsView,
  selectPlugins,
  writePluginsView,
} from './plugin.rules.ts';

const plugin = (name: string, more: Partial<Plugin> = {}) =>
  ({
    id: name,
    name,
    manifest: null,
    message: '',
    error: null,
    status: 'healthy',
    wantsMore: false,
    ...more,
  }) as unknown as Plugin;
const names = (plugins: readonly Plugin[]) => plugins.map(({ name }) => name);
const consent = (more: Partial<PluginConsent> = {}): PluginConsent => ({ scopes: [], network: false, tenants: null, ...more }); // prettier-ignore

describe('a plugin', () => {
  it.each([
    [{ status: 'broken', wantsMore: false }, 'mend'],
    [{ status: 'unapproved', wantsMore: false }, 'agree'],
    [{ status: 'disabled', wantsMore: true }, 'startAgain'],
    [{ status: 'healthy', wantsMore: true }, 'agreeAnew'],
    [{ status: 'healthy', wantsMore: false }, null],
  ] as const)('%j waits for %s', (standing, need) => expect(needOf(standing)).toBe(need));
});

describe('the list of plugins', () => {
  const all = [
    plugin('b', { status: 'stopped' }),
    plugin('c', { status: 'broken', error: 'no JSON' }),
    plugin('a'),
    plugin('d', { wantsMore: true }),
  ];

  it('shows what needs somebody first', () => {
    expect(names(selectPlugins(all, EVERY_PLUGIN))).toEqual(['c', 'a', 'b', 'd']);
  });

  it('is narrowed by words and by how they stand', () => {
    expect(names(selectPlugins(all, { q: 'JSON', state: '' }))).toEqual(['c']);
    expect(names(selectPlugins(all, { q: '', state: 'attention' }))).toEqual(['c']);
    expect(names(selectPlugins(all, { q: '', state: 'resting' }))).toEqual(['b']);
  });

  it('has an address for each view, and takes no nonsense from one', () => {
    const view = { q: 'csv', state: 'attention' } as const;
    expect(readPluginsView(new URLSearchParams(writePluginsView(view)))).toEqual(view);
    expect(readPluginsView(new URLSearchParams('state=odd'))).toEqual(EVERY_PLUGIN);
    expect(writePluginsView(EVERY_PLUGIN)).toBe('');
  });

  it('says what a look at the folder found', () => {
    expect(lookedAt([plugin('a'), plugin('b')], [plugin('b'), plugin('c')])).toEqual({ added: ['c'], gone: ['a'], total: 2 }); // prettier-ignore
  });
});

describe('an agreement', () => {
  it('is said as what it gives and takes', () => {
    const before = consent({ scopes: ['users.read', 'storage'], network: true });
    expect(consentChange(before, consent({ scopes: ['users.read', 'users.write'] }))).toEqual({
      given: ['users.write'],
      taken: ['storage'],
      network: 'taken',
      tenants: null,
    });
    expect(isNoChange(consentChange(before, before))).toBe(true);
  });

  it.each([
    [null, ['a'], 'narrower'],
    [['a'], null, 'wider'],
    [['a'], ['a', 'b'], 'wider'],
    [['a', 'b'], ['b'], 'narrower'],
    [['a'], ['b'], 'other'],
    [['a'], ['a'], null],
  ] as const)('from the tenants %j to %j is %s', (from, to, said) => {
    const of = (tenants: readonly string[] | null) => consent({ tenants: tenants as TenantId[] | null });
    expect(consentChange(of(from), of(to)).tenants).toBe(said);
  });
});
