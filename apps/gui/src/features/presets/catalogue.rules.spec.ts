import { describe, expect, it } from '@jest/globals';
import type { CatalogueEntry } from '@bailiwick/contract';
import { aPreset } from '../../../test/presets.ts';
import {
  brokenIn,
  categoriesIn,
  deployableIn,
  findPresets,
  readCatalogueView,
  writeCatalogueView,
} from './catalogue.rules.ts';

const ready = (overrides: Record<string, unknown>): CatalogueEntry => ({
  state: 'ready',
  preset: aPreset(overrides),
  digest: 'd',
  source: 'file',
  archivedAt: null,
  rights: { can: ['containers.create'], why: {} },
});
const BROKEN: CatalogueEntry = {
  state: 'broken',
  file: 'bad.json',
  reason: 'not JSON',
  digest: 'd',
  rights: { can: [], why: {} },
};
const entries: CatalogueEntry[] = [
  ready({ name: 'web', title: 'nginx', categories: ['web'] }),
  ready({ name: 'db', title: 'Postgres', categories: ['database'] }),
  BROKEN,
];

describe('the catalogue', () => {
  it('finds by words and by category, sorted by title', () => {
    expect(findPresets(entries, { q: '', category: null }).map(({ preset }) => preset.title)).toEqual([
      'nginx',
      'Postgres',
    ]);
    expect(findPresets(entries, { q: 'POST tea', category: null }).map(({ preset }) => preset.name)).toEqual(['db']);
    expect(findPresets(entries, { q: '', category: 'web' }).map(({ preset }) => preset.name)).toEqual(['web']);
    expect(findPresets(entries, { q: 'x-nothing', category: 'web' })).toEqual([]);
  });

  it('suggests only what can be deployed', () => {
    const shut = { ...ready({ name: 'shut', title: 'Shut' }), rights: { can: [], why: {} } };
    expect(deployableIn([...entries, shut]).map(({ name }) => name)).toEqual(['web', 'db']);
  });

  it('offers only categories that lead somewhere', () => {
    expect(categoriesIn(entries)).toEqual(['web', 'database']);
  });

  it('names what is broken instead of hiding it', () => {
    expect(brokenIn(entries)).toEqual([BROKEN]);
  });

  it('reads back the address it wrote, and a made-up one without harm', () => {
    for (const view of [
      { q: '', category: null },
      { q: 'a & b', category: 'cache' as const },
    ]) {
      const parameters = Object.fromEntries(new URL(writeCatalogueView(view), 'http://x').searchParams);
      expect(readCatalogueView(parameters)).toEqual(view);
    }
    expect(readCatalogueView({ q: ['a'], category: 'nonsense' })).toEqual({ q: '', category: null });
  });
});
