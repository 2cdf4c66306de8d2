import { describe, expect, it } from '@jest/globals';
import { isTenantSlug, toSlug } from './tenant-form.rules.ts';

describe('the short name of a tenant', () => {
  it.each([
    ['Acme Works', 'acme-works'],
    ['  Żółw & Sons, Ltd. ', 'zo-w-sons-ltd'],
    ['日本', ''],
    ['x'.repeat(60), 'x'.repeat(40)],
  ])('of %j is %j', (name, slug) => {
    expect(toSlug(name)).toBe(slug);
    if (slug !== '') expect(isTenantSlug(slug)).toBe(true);
  });

  it.each(['', '-a', 'A', 'a b', '../x', 'x'.repeat(41)])('cannot be %j', (slug) => {
    expect(isTenantSlug(slug)).toBe(false);
  });
});
