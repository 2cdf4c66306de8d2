import { describe, expect, it } from '@jest/globals';
import type { Volume } from '@bailiwick/contract';
import { ALL_VOLUMES, filterCount, readVolumeView, selectVolumes, writeVolumeView } from './volume-view.rules.ts';

const aVolume = (overrides: Partial<Volume> = {}): Volume => ({
  id: 'vol_aaaaaaaaaaaaaaaa',
  environmentId: 'env_aaaaaaaaaaaaaaaa',
  tenantId: 'ten_aaaaaaaaaaaaaaaa',
  kind: 'volume',
  name: 'bw_default_aaaaaaaaaa_data',
  label: 'data',
  target: '/var/lib/data',
  state: 'kept',
  container: null,
  lastContainerName: 'shop-database',
  owner: { id: 'usr_aaaaaaaaaaaaaaaa', displayName: 'Tania Sokolova' },
  createdAt: '2026-01-01T00:00:00.000Z',
  keptSince: '2026-01-02T00:00:00.000Z',
  operationId: null,
  rights: { can: ['volumes.see', 'volumes.delete'], why: {} },
  ...overrides,
});
const read = (query: string) => readVolumeView(new URLSearchParams(query));

describe('the view of volumes', () => {
  it('goes into the address and comes back, and is nothing when it shows all', () => {
    expect(writeVolumeView(ALL_VOLUMES)).toBe('');
    const view = { q: 'shop', state: 'kept' as const, tenant: 'ten_aaaaaaaaaaaaaaaa' };
    expect(read(writeVolumeView(view))).toEqual(view);
    expect(filterCount(view)).toBe(3);
  });

  it('ignores a state there is not', () => expect(read('?state=lost').state).toBe(''));

  it('finds by every word, by owner and by who had it last', () => {
    const kept = aVolume();
    const used = aVolume({
      state: 'attached',
      container: { id: 'ct_aaaaaaaaaaaaaaaa', name: 'cache' },
      lastContainerName: 'cache',
      tenantId: 'ten_bbbbbbbbbbbbbbbb',
    });
    const found = (query: string) => selectVolumes([kept, used], read(query));
    expect(found('')).toEqual([kept, used]);
    expect(found('?q=tania+shop')).toEqual([kept]);
    expect(found('?state=attached')).toEqual([used]);
    expect(found('?tenant=ten_bbbbbbbbbbbbbbbb')).toEqual([used]);
    expect(found('?q=shop&state=attached')).toEqual([]);
  });
});
