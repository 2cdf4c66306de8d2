import { BlockList, isIP, isIPv6 } from 'node:net';

/** Loopback, private, link-local, shared, multicast, documentation and whatever wraps another address. */
const NOT_PUBLIC: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/96',
  '::ffff:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

/** Each family by itself: a list of both takes every IPv4 address for its wrapped form. */
const NOT_PUBLIC_4 = listOf('ipv4');
const NOT_PUBLIC_6 = listOf('ipv6');

function listOf(family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const network of NOT_PUBLIC) {
    const [first = '', bits = ''] = network.split('/');
    if (isIPv6(first) === (family === 'ipv6')) list.addSubnet(first, Number(bits), family);
  }
  return list;
}

/** Whether it is an address everybody on the internet can have. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  return isIPv6(address) ? !NOT_PUBLIC_6.check(address, 'ipv6') : !NOT_PUBLIC_4.check(address, 'ipv4');
}
