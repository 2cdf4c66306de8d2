import { describe, expect, it } from '@jest/globals';
import { aContainer } from '../../../test/factories/container.js';
import type { ListRow } from './docker-answers.rules.js';
import { ageText, agrees } from './docker-status.rules.js';

const NOW_MS = Date.parse('2026-01-01T00:00:00Z') + 3 * 60_000;
const running = aContainer({ name: 'web', networks: ['bridge'] });
const aRow = (overrides: Partial<ListRow> = {}): ListRow => ({
  Id: running.engineId,
  Names: ['/web'],
  State: 'running',
  Status: 'Up 3 minutes',
  Ports: [],
  NetworkSettings: { Networks: { bridge: { IPAddress: '172.17.0.2' } } },
  ...overrides,
});
const ended = aContainer({ state: 'exited', exitCode: 0, finishedAtMs: running.startedAtMs });

describe('a list row that tells nothing new', () => {
  it('is recognised, so that nothing is inspected again', () => {
    expect(agrees(aRow(), running, NOW_MS)).toBe(true);
    expect(agrees(aRow({ Names: ['/web', '/other/alias'] }), running, NOW_MS)).toBe(true);
    expect(agrees(aRow({ Status: 'Up 3 minutes (healthy)' }), aContainer({ health: 'healthy' }), NOW_MS)).toBe(true);
    expect(agrees(aRow({ State: 'paused', Status: 'Up 3 minutes (Paused)' }), aContainer({ state: 'paused' }), NOW_MS)).toBe(true); // prettier-ignore
    expect(agrees(aRow({ State: 'exited', Status: 'Exited (0) 3 minutes ago' }), ended, NOW_MS)).toBe(true);
    expect(agrees(aRow({ State: 'created', Status: 'Created' }), aContainer({ state: 'created', startedAtMs: null }), NOW_MS)).toBe(true); // prettier-ignore
  });

  it.each<[string, Partial<ListRow>]>([
    ['another state', { State: 'exited', Status: 'Exited (0) 1 second ago' }],
    ['another name', { Names: ['/web2'] }],
    ['a younger age: it was restarted', { Status: 'Up 5 seconds' }],
    ['a health it had not', { Status: 'Up 3 minutes (unhealthy)' }],
    ['a port it had not', { Ports: [{ IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' }] }],
    ['a network it had not', { NetworkSettings: { Networks: {} } }],
  ])('is not taken for one with %s', (_, part) => {
    expect(agrees(aRow(part), running, NOW_MS)).toBe(false);
  });

  it('is not taken for one with another exit code', () => {
    expect(agrees(aRow({ State: 'exited', Status: 'Exited (1) 3 minutes ago' }), ended, NOW_MS)).toBe(false);
  });
});

it.each([
  [0.4, 'Less than a second'],
  [1, '1 second'],
  [59, '59 seconds'],
  [60, 'About a minute'],
  [120, '2 minutes'],
  [3599, '59 minutes'],
  [3600, 'About an hour'],
  [7200, '2 hours'],
  [3600 * 47, '47 hours'],
  [3600 * 48, '2 days'],
  [86_400 * 14, '2 weeks'],
  [86_400 * 60, '2 months'],
  [86_400 * 800, '2 years'],
])('an age of %d s reads as "%s", as engines word it', (seconds, text) => {
  expect(ageText(seconds)).toBe(text);
});
