// `npm run firewall`: what containers of tenants reach on this machine. `show` changes nothing; `apply` and `remove` do.
import { apply, remove, show } from './lib/firewall.mjs';
import { poolOf } from './lib/firewall-rules.mjs';
import { fail, Trouble } from './lib/terminal.mjs';

const COMMANDS = { show, apply, remove };
const OPEN = /^--open=(\d{1,5}(?:,\d{1,5})*)$/;

function read([command = 'show', ...flags]) {
  const pool = poolOf(process.env.BAILIWICK_NETWORK_POOL || undefined);
  if (!pool) throw new Trouble('BAILIWICK_NETWORK_POOL takes networks as 10.240.0.0/12, with commas.');
  const open = flags.flatMap((flag) => OPEN.exec(flag)?.[1].split(',').map(Number) ?? Number.NaN);
  if (
    !COMMANDS[command] ||
    (open.length > 0 && command !== 'apply') ||
    open.some((port) => !(port > 0 && port < 65_536))
  )
    throw new Trouble('Say show, apply or remove; apply takes --open=443 for ports of this machine that stay open.');
  return { command, pool, open };
}

try {
  const { command, ...settings } = read(process.argv.slice(2));
  if ((await COMMANDS[command](settings)) === false) process.exitCode = 2;
} catch (error) {
  fail(error);
}
