import { BlockList, isIP } from 'node:net';

/** Single addresses and `address/bits`; throws with the entry that is neither. */
export function networksOf(entries: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address);
    if (family === 0) throw new Error(`BAILIWICK_TRUSTED_PROXIES: ${entry} is no address or network`);
    const type = family === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, type);
    else list.addSubnet(address, Number(bits), type);
  }
  return (address) => {
    // A dual-stack socket shows an IPv4 peer as ::ffff:a.b.c.d.
    const plain = (address ?? '').replace(/^::ffff:(?=\d+\.)/, '');
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 4 ? 'ipv4' : 'ipv6');
  };
}
