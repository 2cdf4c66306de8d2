import { expect, it } from '@jest/globals';
import type { Rights } from '@bailiwick/contract';
import { tabsFor } from './container-tabs.rules.ts';

it('shows the pages somebody may open, those they could ask for, and nothing of what is not theirs', () => {
  const denied = { code: 'denied', params: {} };
  const tabs = tabsFor('ct_aaaaaaaaaaaaaaaa', {
    can: ['containers.see', 'containers.activity'],
    why: {
      'containers.logs': denied,
      'files.list': denied,
      'containers.inspect': denied,
      'containers.manageAccess': denied,
    },
  });
  expect(tabs.map(({ key, missing }) => [key, missing])).toEqual([
    ['overview', null],
    ['logs', 'containers.logs'],
    ['files', 'files.list'],
    ['activity', null],
  ]);
});

it('shows the console where a line may be typed', () => {
  const id = 'ct_aaaaaaaaaaaaaaaa';
  const tabs = tabsFor(id, { can: ['containers.see', 'containers.shell', 'containers.console'], why: {} });
  expect(tabs.map(({ key }) => key)).toEqual(['overview', 'shell', 'console']);
  const refused = { 'containers.console': { code: 'console_unsupported', params: {} } };
  expect(tabsFor(id, { can: ['containers.see'], why: refused }).map(({ key }) => key)).toEqual(['overview']);
});

it('shows the settings to who may see them', () => {
  const tabs = tabsFor('ct_aaaaaaaaaaaaaaaa', { can: ['containers.see', 'containers.settingsSee'], why: {} });
  expect(tabs).toContainEqual({ key: 'settings', href: '/containers/ct_aaaaaaaaaaaaaaaa/settings', missing: null });
  const others = tabsFor('ct_aaaaaaaaaaaaaaaa', { can: ['containers.see'], why: {} });
  expect(others.map(({ key }) => key)).toEqual(['overview']);
});

it('offers single commands, and where the image has none to who may run anything', () => {
  const keys = (can: Rights['can'], why: Rights['why'] = {}) =>
    tabsFor('ct_aaaaaaaaaaaaaaaa', { can, why }).map(({ key }) => key);
  expect(keys(['containers.see', 'containers.run'])).toEqual(['overview', 'run']);
  expect(keys(['containers.see', 'containers.run', 'containers.shell'])).toEqual(['overview', 'shell', 'run']);
  const none = { 'containers.run': { code: 'run_unsupported', params: {} } };
  expect(keys(['containers.see'], none)).toEqual(['overview']);
  expect(keys(['containers.see', 'containers.shell'], none)).toEqual(['overview', 'shell', 'run']);
  const missing = { 'containers.run': { code: 'default', params: {} } };
  expect(keys(['containers.see', 'containers.shell'], missing)).toEqual(['overview', 'shell']);
});
