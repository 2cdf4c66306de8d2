import { describe, expect, it } from '@jest/globals';
import { isPasskeySite } from './passkey-site.rules.ts';

describe('a place for passkeys', () => {
  it.each(['localhost', 'panel.example', 'panel', '10.example'])('is %s', (name) =>
    expect(isPasskeySite(name)).toBe(true),
  );
  it.each(['127.0.0.1', '192.168.1.20', '[::1]', ''])('is not %s', (name) => expect(isPasskeySite(name)).toBe(false));
});
