import { expect, it } from '@jest/globals';
import type { CatalogueEntry, Preset } from '@bailiwick/contract';
import { aPreset } from '../../../test/presets.ts';
import { websitesIn } from './website-kinds.rules.ts';

const anEntry = (name: string, website: Preset['website'], more: object = {}): CatalogueEntry => ({
  state: 'ready',
  preset: { ...aPreset(), name, ...(website ? { website } : {}) },
  digest: 'd',
  source: 'file',
  archivedAt: null,
  rights: { can: ['containers.create'], why: {} },
  ...more,
});
const site = (label: string, preferred = false) => ({
  type: 'static-web' as const,
  label,
  containerPort: 80,
  volume: 'pages',
  preferred,
});

it('offers the websites one may deploy, what is preferred first, and nothing else', () => {
  const broken: CatalogueEntry = {
    state: 'broken',
    file: 'x.json',
    reason: 'x',
    digest: null,
    rights: { can: [], why: {} },
  };
  const entries = [
    anEntry('b', site('Beta')),
    anEntry('a', site('Alpha')),
    anEntry('z', site('Zeta', true)),
    anEntry('no-site', undefined),
    anEntry('old', site('Old'), { archivedAt: '2026-01-01T00:00:00.000Z' }),
    anEntry('not-mine', site('Not mine'), { rights: { can: [], why: {} } }),
    broken,
  ];
  expect(websitesIn(entries)).toEqual([
    { name: 'z', label: 'Zeta' },
    { name: 'a', label: 'Alpha' },
    { name: 'b', label: 'Beta' },
  ]);
});
