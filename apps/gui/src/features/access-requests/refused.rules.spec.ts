import { describe, expect, it } from '@jest/globals';
import { askableIn } from './refused.rules.ts';

const refusal = (params: Record<string, unknown>) => ({ code: 'forbidden' as const, params });

describe('a refusal', () => {
  it('can be asked about where it names a container and a right', () => {
    expect(askableIn(refusal({ resource: 'ct_aaaaaaaaaaaaaaaa', missing: ['containers.logs'] }))).toEqual({
      target: { kind: 'container', id: 'ct_aaaaaaaaaaaaaaaa' },
      name: null,
      capabilities: ['containers.logs'],
    });
  });

  it('cannot where it is about the panel, names nothing, or is none', () => {
    expect(askableIn(refusal({ resource: null, missing: ['people.see'] }))).toBeNull();
    expect(askableIn(refusal({ resource: 'ct_aaaaaaaaaaaaaaaa', missing: [] }))).toBeNull();
    expect(askableIn(refusal({ resource: 'ct_aaaaaaaaaaaaaaaa' }))).toBeNull();
    expect(
      askableIn({ code: 'not_found', params: { resource: 'ct_aaaaaaaaaaaaaaaa', missing: ['containers.see'] } }),
    ).toBeNull();
  });
});
