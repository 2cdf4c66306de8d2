import { readFileSync, writeFileSync, existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';

const { TYPE, VERSION, MEMORY, MOTD, MAX_PLAYERS, RCON_PASSWORD } = process.env;
if (TYPE !== 'PAPER' || !RCON_PASSWORD) throw new Error('It was told another type, or no password.');
if (!/^(LATEST|\d[\d.]*)$/.test(VERSION ?? '')) throw new Error(`There is no version ${VERSION}.`);
// As Java reads it: a number of bytes, or one with a letter behind it.
if (!/^\d+[kmgKMG]?$/.test(MEMORY ?? '')) throw new Error(`Invalid maximum heap size: -Xmx${MEMORY}`);
mkdirSync('/data/world', { recursive: true });
if (!existsSync('/data/world/level.dat')) writeFileSync('/data/world/level.dat', String(Date.now()));

const varint = (number) => (number < 128 ? Buffer.of(number) : Buffer.of((number & 127) | 128, number >> 7));
const status = () => {
  const json = Buffer.from(
    JSON.stringify({
      version: { name: 'Paper 1.21.4', protocol: 769 },
      players: { max: Number(MAX_PLAYERS), online: 0 },
      description: { text: MOTD },
    }),
  );
  const body = Buffer.concat([Buffer.of(0), varint(json.length), json]);
  return Buffer.concat([varint(body.length), body]);
};

const server = createServer((socket) => {
  let heard = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (part) => {
    heard = Buffer.concat([heard, part]);
    // A handshake that asks for the status, and the request for it.
    const handshake = (heard[0] ?? 0) + 1;
    if (heard.length < handshake + 2) return;
    if (heard[1] === 0 && heard[handshake - 1] === 1) socket.write(status());
    else socket.destroy();
  });
});
server.listen(25565, '0.0.0.0', () => {
  console.log(
    `[Server thread/INFO]: Done (0.1s)! For help, type "help" (${readFileSync('/data/eula.txt', 'utf8').trim()})`,
  );
});
process.on('SIGTERM', () => process.exit(0));
