import { BlockList, isIPv6 } from 'node:net';

/** Whether an address lies in one of these networks, each written as `10.0.0.0/8`. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [first = '', bits = ''] = network.split('/');
    list.addSubnet(first, Number(bits), isIPv6(first) ? 'ipv6' : 'ipv4');
  }
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
}
