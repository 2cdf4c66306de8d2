import { describe, expect, it } from '@jest/globals';
import { userCheck } from './user-check.rules.js';

const look = (profile: 'strict' | 'compat', chosen: string | null, named: string | undefined) => {
  const { outcome, code } = userCheck({ image: 'a:1', profile, chosen, named });
  return [outcome, code];
};

describe('as whom an image runs', () => {
  it.each(['', 'root', '0', '00', '0:0', 'root:staff', ':5'])('%j is root', (named) => {
    expect(look('strict', null, named)).toEqual(['blocked', 'root_refused']);
    expect(look('compat', null, named)).toEqual(['warning', 'runs_as_root']);
    expect(look('strict', '1000', named)).toEqual(['ok', 'user_fine']);
    expect(look('compat', '1000:0', named)).toEqual(['ok', 'user_fine']);
  });

  it.each(['1000', '1000:0', 'nginx', 'rootless', '65534:root'])('%j is somebody else', (named) => {
    expect(look('strict', null, named)).toEqual(['ok', 'user_fine']);
    expect(look('compat', null, named)).toEqual(['ok', 'user_fine']);
    expect(look('compat', '0', named)).toEqual(['warning', 'runs_as_root']);
    expect(look('strict', '0', named)).toEqual(['blocked', 'root_refused']);
  });

  it('is not known before it is fetched, unless a number was chosen', () => {
    expect(look('strict', null, undefined)).toEqual(['ok', 'user_not_known']);
    expect(look('strict', '1000', undefined)).toEqual(['ok', 'user_fine']);
    expect(look('compat', '0', undefined)).toEqual(['warning', 'runs_as_root']);
  });
});
