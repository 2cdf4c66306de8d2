import { existsSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { attempt, findProgram, run } from './commands.mjs';
import { CHAIN, FROM, jumps, lies, nameserversIn, openIn, rules } from './firewall-rules.mjs';
import { dim, green, red, say, Trouble } from './terminal.mjs';

/** Two firewalls may lie side by side in one kernel; the engine's is the one to be in. */
const PROGRAMS = ['iptables', 'iptables-nft', 'iptables-legacy'];
const WAIT = ['-w', '10'];
const RESOLVERS = ['/etc/resolv.conf', '/run/systemd/resolve/resolv.conf'];
const ENGINE_BRIDGE = /^br-[0-9a-f]{12}$/;

/** What is set and what is not; true where nothing is missing. Changes nothing. */
export async function show({ pool }) {
  const tables = await findTables();
  const now = await look(tables);
  const wanted = plan({ pool, open: openIn(now.rules ?? []) });
  say(dim(`${tables}: chain ${CHAIN}, asked from ${FROM.join(' and ')}`));
  const lines = [
    ...wanted.rules.map((rule) => [rule, now.rules?.includes(rule) ?? false]),
    ...FROM.flatMap((from) => wanted.jumps[from].map((jump) => [`${from}: ${jump}`, now.jumps[from].includes(jump)])),
  ];
  for (const from of FROM)
    for (const jump of now.jumps[from].filter((each) => !wanted.jumps[from].includes(each)))
      lines.push([`${from}: ${jump} (of another pool)`, false]);
  for (const [line, isSet] of lines) say(isSet ? `${green('✓')} ${line}` : `${red('✗')} ${line}`);
  const isWhole = lines.every(([, isSet]) => isSet) && now.rules.join() === wanted.rules.join();
  say(isWhole ? 'Everything is set.' : now.rules ? 'Not as it should be: apply it.' : 'Nothing is set.');
  return isWhole;
}

/** Our chain in one go, so that there is no moment without it; then the way into it. Safe to repeat. */
export async function apply({ pool, open }) {
  const tables = await findTables();
  assertNobodyElseIn(pool);
  const wanted = plan({ pool, open });
  const chain = ['*filter', `:${CHAIN} - [0:0]`, ...wanted.rules.map((rule) => `-A ${CHAIN} ${rule}`), 'COMMIT', ''];
  await run(`${tables}-restore`, [...WAIT, '--noflush'], { input: chain.join('\n') });
  const now = await look(tables);
  for (const from of FROM) {
    const kept = new Set();
    for (const jump of now.jumps[from])
      if (wanted.jumps[from].includes(jump) && !kept.has(jump)) kept.add(jump);
      else await change(tables, '-D', from, jump);
    for (const jump of wanted.jumps[from].filter((each) => !kept.has(each))) await change(tables, '-I', from, jump);
  }
  return show({ pool });
}

/** As if it had never been. */
export async function remove() {
  const tables = await findTables();
  const now = await look(tables);
  for (const from of FROM) for (const jump of now.jumps[from]) await change(tables, '-D', from, jump);
  if (now.rules) {
    await run(tables, [...WAIT, '-F', CHAIN]);
    await run(tables, [...WAIT, '-X', CHAIN]);
  }
  say(`${green('✓')} ${now.rules ? 'Removed.' : 'Nothing was set.'}`);
}

const plan = ({ pool, open }) => ({
  rules: rules({ nameservers: nameservers(), open }),
  jumps: Object.fromEntries(FROM.map((from) => [from, jumps(from, pool)])),
});
const change = (tables, how, chain, rule) => run(tables, [...WAIT, how, chain, ...rule.split(' ')]);

/** `rules` is missing where our chain is; of the two other chains only what leads into it. */
async function look(tables) {
  const ways = await Promise.all(FROM.map(async (from) => [from, (await rulesIn(tables, from)) ?? []]));
  return {
    rules: await rulesIn(tables, CHAIN),
    jumps: Object.fromEntries(ways.map(([from, all]) => [from, all.filter((rule) => rule.endsWith(`-j ${CHAIN}`))])),
  };
}

async function rulesIn(tables, chain) {
  const { code, output } = await attempt(tables, [...WAIT, '-S', chain]);
  const start = `-A ${chain} `;
  const lines = output.split('\n').filter((line) => line.startsWith(start));
  return code === 0 ? lines.map((line) => line.slice(start.length).trim()) : undefined;
}

/** The program whose firewall the engine's rules are in. */
async function findTables() {
  if (process.getuid?.() !== 0) throw new Trouble('Only root may look into the firewall: sudo npm run firewall');
  for (const name of PROGRAMS) {
    const program = findProgram(name);
    const asks = program && (await attempt(program, [...WAIT, '-C', 'FORWARD', '-j', 'DOCKER-USER']));
    if (asks?.code === 0) return program;
  }
  throw new Trouble(
    'No Docker Engine keeps its rules in the iptables of this machine: it is not running, it is rootless or Podman, or it was told to leave iptables alone or to use nftables. See docs/how-to/close-the-host-to-containers.md.',
  );
}

function nameservers() {
  for (const file of RESOLVERS.filter((each) => existsSync(each))) {
    const found = nameserversIn(readFileSync(file, 'utf8'));
    if (found.length > 0) return found;
  }
  return [];
}

/** A bridge of somebody's own is called like the engine's: its machines would be kept out of this one. */
function assertNobodyElseIn(pool) {
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    const isOther = name.startsWith('br-') && !ENGINE_BRIDGE.test(name);
    const inside = addresses.find(({ family, address }) => family === 'IPv4' && pool.some((one) => lies(address, one)));
    if (isOther && inside)
      throw new Trouble(`${name} (${inside.address}) lies in the pool of the tenants' networks; set BAILIWICK_NETWORK_POOL to another one.`); // prettier-ignore
  }
}
