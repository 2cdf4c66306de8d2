import type { TenantId } from '@bailiwick/contract';

/** A stretch of IPv4 addresses: from `first`, as many as share `bits`. */
interface Stretch {
  readonly first: number;
  readonly bits: number;
}

const CIDR = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** The tenant's own on every engine; two panels on one engine never call theirs the same. */
export const networkName = ({ slug, id }: { slug: string; id: TenantId }): string =>
  `bw_${slug}_${id.slice('ten_'.length, 'ten_'.length + 10)}`;
/** What it was called before its addresses were ours to choose; a container leaves it when it is made anew. */
export const formerNetworkName = (slug: string): string => `bw_${slug}`;

/** Undefined for anything but IPv4, which an engine also tells about. */
function toStretch(text: string): Stretch | undefined {
  const parts = CIDR.exec(text)?.slice(1).map(Number);
  if (!parts) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = parts;
  if ([a, b, c, d].some((part) => part > 255) || bits > 32) return undefined;
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { first: address - (address % sizeOf(bits)), bits };
}

const sizeOf = (bits: number): number => 2 ** (32 - bits);
const endOf = ({ first, bits }: Stretch): number => first + sizeOf(bits);
const toText = ({ first, bits }: Stretch): string =>
  `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${bits}`;

/** The first piece of these pools that nothing lies in; undefined where there is none left. */
export function freePiece(pools: readonly string[], bits: number, taken: readonly string[]): string | undefined {
  const others = taken.flatMap((text) => toStretch(text) ?? []).sort((one, other) => one.first - other.first);
  const size = sizeOf(bits);
  for (const pool of pools) {
    const ground = toStretch(pool);
    if (!ground || ground.bits > bits) continue;
    let first = ground.first;
    for (const other of others) {
      if (other.first >= first + size) break;
      if (endOf(other) > first) first = ground.first + Math.ceil((endOf(other) - ground.first) / size) * size;
    }
    if (first + size <= endOf(ground)) return toText({ first, bits });
  }
  return undefined;
}

const ROUTE = /^\S+\t([0-9A-F]{8})\t[0-9A-F]{8}\t\S+\t\S+\t\S+\t\S+\t([0-9A-F]{8})\t/;

/** What the host itself has a way to, as the kernel lists it; the way to everywhere else is left out. */
export const routesIn = (listing: string): string[] =>
  listing.split('\n').flatMap((line) => {
    const [, to = '', mask = ''] = ROUTE.exec(line) ?? [];
    const bits = numberOf(mask).toString(2).replaceAll('0', '').length;
    return to === '' || bits === 0 ? [] : toText({ first: numberOf(to), bits });
  });

/** The kernel writes the last byte first. */
const numberOf = (hex: string): number => Number.parseInt(hex.match(/../g)?.reverse().join('') ?? '0', 16) || 0;
