import { describe, expect, it } from '@jest/globals';
import { freePiece, networkName, routesIn } from './network-plan.rules.js';

const POOL = ['10.240.0.0/12'];

describe('the plan of networks', () => {
  it.each<[string, string[], number, string[], string | undefined]>([
    ['begins at the beginning', POOL, 24, [], '10.240.0.0/24'],
    ['goes on behind what is there', POOL, 24, ['10.240.0.0/24'], '10.240.1.0/24'],
    ['fills a gap', POOL, 24, ['10.240.0.0/24', '10.240.2.0/24'], '10.240.1.0/24'],
    ['steps around what is wider', POOL, 24, ['10.240.0.0/16'], '10.241.0.0/24'],
    ['steps around what is narrower', POOL, 24, ['10.240.0.77/32'], '10.240.1.0/24'],
    ['steps around one that ends in the middle', POOL, 24, ['10.240.0.0/24', '10.240.1.0/25'], '10.240.2.0/24'],
    [
      'does not mind others',
      POOL,
      24,
      ['172.17.0.0/16', 'fd00::/64', '10.239.255.0/24', '11.0.0.0/8'],
      '10.240.0.0/24',
    ],
    ['takes the next pool', ['10.1.2.0/24', '10.1.4.0/23'], 24, ['10.1.2.128/25', '10.1.4.0/24'], '10.1.5.0/24'],
    ['cuts smaller pieces', ['10.1.2.0/24'], 26, ['10.1.2.0/26', '10.1.2.70/32'], '10.1.2.128/26'],
    ['takes a pool for what it is', ['10.1.2.99/24'], 24, [], '10.1.2.0/24'],
    ['ends with the pool', ['10.1.2.0/23'], 24, ['10.1.2.0/24', '10.1.3.0/24'], undefined],
    ['ends where everything is taken', POOL, 24, ['10.0.0.0/8'], undefined],
    ['reaches the last address', ['255.255.255.0/24'], 24, [], '255.255.255.0/24'],
  ])('%s', (_, pools, bits, taken, piece) => expect(freePiece(pools, bits, taken)).toBe(piece));

  it('fills a pool to its end, each beside the others', () => {
    const taken: string[] = [];
    for (let piece = freePiece(['10.240.0.0/16'], 24, taken); piece !== undefined; piece = freePiece(['10.240.0.0/16'], 24, taken)) taken.push(piece); // prettier-ignore
    expect(new Set(taken).size).toBe(256);
    expect(taken.at(-1)).toBe('10.240.255.0/24');
  });

  it('reads the ways of the host, and leaves out the one to everywhere', () => {
    const listing = [
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
      'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
      'docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
      'tun0\t0000F00A\t00000000\t0001\t0\t0\t0\t00C0FFFF\t0\t0\t0',
      'eth0\t010200C0\t00000000\t0005\t0\t0\t0\tFFFFFFFF\t0\t0\t0',
      '',
    ].join('\n');
    expect(routesIn(listing)).toEqual(['172.17.0.0/16', '10.240.0.0/18', '192.0.2.1/32']);
  });

  it('calls no two tenants the same', () =>
    expect(networkName({ slug: 'acme', id: 'ten_abcdefghijklmnop' })).toBe('bw_acme_abcdefghij'));
});
