import { describe, expect, it } from '@jest/globals';
import { newSessionToken, readSessionToken } from './session-cookie.js';

const TOKEN = newSessionToken();

describe('the session cookie', () => {
  it('is found among others', () => {
    expect(readSessionToken(`theme=dark; bw_session=${TOKEN}; x=y`, false)).toBe(TOKEN);
    expect(readSessionToken(`__Host-bw_session=${TOKEN}`, true)).toBe(TOKEN);
  });

  it.each([
    ['nothing', undefined],
    ['an empty value', 'bw_session='],
    ['a short value', `bw_session=${TOKEN.slice(1)}`],
    ['a long value', `bw_session=${TOKEN}A`],
    ['other characters', `bw_session=${TOKEN.slice(1)}%`],
    ['the name as a suffix', `my_bw_session=${TOKEN}`],
    ['two of its name', `bw_session=${TOKEN}; bw_session=${TOKEN}`],
  ])('is not found in %s', (_, header) => {
    expect(readSessionToken(header, false)).toBeUndefined();
  });

  it('of plain http is worth nothing on https, where a neighbour could have set it', () => {
    expect(readSessionToken(`bw_session=${TOKEN}`, true)).toBeUndefined();
  });
});
