/** Ours alone: the two chains beside it are the engine's and the machine's, and get one rule for each network. */
export const CHAIN = 'BAILIWICK';
/**
 * What leads into it: of what is forwarded, before the engine's own rules, only what goes to link-local addresses, where
 * clouds hand out their keys; and everything that ends at this machine.
 */
const WAYS = { 'DOCKER-USER': '-d 169.254.0.0/16 ', INPUT: '' };
export const FROM = Object.keys(WAYS);

/** Where tenants' networks go unless somebody says otherwise: as in the core's own settings. */
const POOL = '10.240.0.0/12,172.28.0.0/14';
const OPEN = '-p tcp -m addrtype --dst-type LOCAL -m tcp --dport ';
/** A connection is reset, so that who asks is told at once; all else gets word that nobody is there. */
const RESET = 'REJECT --reject-with tcp-reset';
const REFUSE = 'REJECT --reject-with icmp-port-unreachable';

/** The networks of the pool as a firewall writes them down again, or undefined for a word that is none. */
export function poolOf(text = POOL) {
  const words = text.split(',').map((word) => word.trim());
  const networks = words.filter(Boolean).map(networkOf);
  return networks.length > 0 && networks.every(Boolean) ? networks : undefined;
}

function networkOf(word) {
  const [, address, bits] = /^((?:\d{1,3}\.){3}\d{1,3})\/(\d{1,2})$/.exec(word) ?? [];
  const number = address === undefined ? undefined : numberOf(address);
  if (number === undefined || Number(bits) > 32) return undefined;
  return { bits: Number(bits), first: masked(number, Number(bits)) };
}

const masked = (number, bits) => (bits === 0 ? 0 : (number & (-1 << (32 - bits))) >>> 0);
const textOf = ({ first, bits }) => `${[24, 16, 8, 0].map((shift) => (first >>> shift) & 255).join('.')}/${bits}`;

/** An address as one number. */
function numberOf(address) {
  const parts = address.split('.').map(Number);
  return parts.length === 4 && parts.every((part) => part <= 255)
    ? parts.reduce((number, part) => number * 256 + part, 0)
    : undefined;
}

export const lies = (address, { first, bits }) => masked(numberOf(address), bits) === first;

/** From the engine's bridges only: whatever else lies in the pool is none of our business. */
export const jumps = (from, pool) => pool.map((network) => `-s ${textOf(network)} ${WAYS[from]}-i br-+ -j ${CHAIN}`);

/** In this order: answers pass; whom this machine asks for names may be asked; ports that were opened pass; all else is refused. */
export const rules = ({ nameservers, open }) => [
  '-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN',
  ...nameservers.flatMap((server) => ['udp', 'tcp'].map((protocol) => `-d ${server}/32 -p ${protocol} -m ${protocol} --dport 53 -j RETURN`)), // prettier-ignore
  ...open.map((port) => `${OPEN}${port} -j RETURN`),
  `-p tcp -j ${RESET}`,
  `-j ${REFUSE}`,
];

/** The ports of this machine that were left open. */
export const openIn = (lines) =>
  lines.flatMap((line) => (line.startsWith(OPEN) ? Number(line.slice(OPEN.length).split(' ')[0]) : []));

/** Whom a machine asks for names, as its file says; itself is asked by the engine, not by containers. */
export const nameserversIn = (text) =>
  [...text.matchAll(/^\s*nameserver\s+((?:\d{1,3}\.){3}\d{1,3})\s*$/gm)]
    .map(([, address]) => address)
    .filter((address) => numberOf(address) !== undefined && !address.startsWith('127.'));
