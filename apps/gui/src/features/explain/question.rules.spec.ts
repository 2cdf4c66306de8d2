import { describe, expect, it } from '@jest/globals';
import { readAsked, withAsked, writeAsked } from './question.rules.ts';

const ME = 'usr_me';
const OFFERED = ['containers.see', 'containers.logs'] as const;

describe('what the address asks', () => {
  it('is the same written and read again', () => {
    const asked = { who: 'usr_tania', what: 'ct_web', can: 'containers.logs' } as const;
    const address = writeAsked(asked, ME);
    expect(address).toBe('/access/explain?who=usr_tania&what=ct_web&can=containers.logs');
    expect(readAsked(Object.fromEntries(new URLSearchParams(address.split('?')[1])), ME, OFFERED)).toEqual(asked);
  });

  it('means whoever reads where nobody is named, and no right where it is not offered', () => {
    expect(readAsked({ can: 'people.delete' }, ME, OFFERED)).toEqual({ who: ME, what: '', can: null });
    expect(writeAsked({ who: ME, what: '', can: null }, ME)).toBe('/access/explain');
  });

  it('can be about what is not in the list', () => {
    const options = [{ id: 'ct_web', name: 'web' }];
    expect(withAsked(options, 'ct_web')).toBe(options);
    expect(withAsked(options, 'prj_shop')).toEqual([...options, { id: 'prj_shop', name: 'prj_shop' }]);
  });
});
