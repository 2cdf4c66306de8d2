import { describe, expect, it } from '@jest/globals';
import type { UsedPort } from '@bailiwick/contract';
import { readPortSearch, selectPorts } from './port-search.rules.ts';

const aPort = (overrides: Partial<UsedPort> = {}): UsedPort => ({
  environmentId: 'env_aaaaaaaaaaaaaaaa',
  hostPort: 49_200,
  protocol: 'tcp',
  ip: '127.0.0.1',
  state: 'published',
  containerPort: 80,
  usedBy: { kind: 'container', id: 'ct_aaaaaaaaaaaaaaaa', name: 'shop-web' },
  ...overrides,
});

describe('a search for a port', () => {
  it.each([
    ['', { kind: 'all' }],
    ['8080', { kind: 'port', port: 8080 }],
    [' :8080 ', { kind: 'port', port: 8080 }],
    ['80', { kind: 'system' }],
    ['70000', { kind: 'words', words: ['70000'] }],
    ['Shop web', { kind: 'words', words: ['shop', 'web'] }],
  ])('reads %j', (text, search) => expect(readPortSearch(text)).toEqual(search));

  it('finds by name, protocol and address', () => {
    const web = aPort();
    const dns = aPort({ protocol: 'udp', usedBy: { kind: 'container', id: null, name: null } });
    expect(selectPorts([web, dns], ['shop'])).toEqual([web]);
    expect(selectPorts([web, dns], ['udp', '127'])).toEqual([dns]);
    expect(selectPorts([web, dns], ['nothing'])).toEqual([]);
  });
});
