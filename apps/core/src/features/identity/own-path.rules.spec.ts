import { describe, expect, it } from '@jest/globals';
import { toOwnPath } from './own-path.rules.js';

describe('where a sign-in leads', () => {
  it.each(['/', '/containers?state=running', '/people/usr_a#top'])('is %s when asked for it', (path) =>
    expect(toOwnPath(path)).toBe(path),
  );
  it.each([
    undefined,
    '',
    'containers',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/a b',
    '/\n',
  ])('is the first page when asked for %j', (path) => expect(toOwnPath(path)).toBe('/'));
});
