import { describe, expect, it } from '@jest/globals';
import { explainPageAddress, findNamed } from './reach.rules.ts';

describe('what somebody reaches', () => {
  it('is found by any words of its name, in any order', () => {
    const items = [{ name: 'shop-web' }, { name: 'shop-db' }];
    expect(findNamed(items, 'WEB shop')).toEqual([{ name: 'shop-web' }]);
    expect(findNamed(items, ' ')).toEqual(items);
    expect(findNamed(items, 'mail')).toEqual([]);
  });

  it('has an address that explains it', () => {
    expect(explainPageAddress({ who: 'usr_a', what: 'ct_b', can: 'containers.see' })).toBe(
      '/access/explain?who=usr_a&what=ct_b&can=containers.see',
    );
  });
});
