import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { commandOf, toMessage } from './wire.mjs';

const ADMINISTRATOR = '/data/db/administrator';
const { MONGO_INITDB_ROOT_USERNAME: user, MONGO_INITDB_ROOT_PASSWORD: password } = process.env;
if (!existsSync(ADMINISTRATOR)) {
  if (!user || !password) throw new Error('An administrator and a password are needed.');
  writeFileSync(ADMINISTRATOR, user);
  writeFileSync('/data/configdb/started', '');
}
const ANSWERS = {
  hello: { isWritablePrimary: true, maxWireVersion: 21, minWireVersion: 0, ok: 1 },
  ping: { ok: 1 },
};

const server = createServer((socket) => {
  let waiting = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (part) => {
    waiting = Buffer.concat([waiting, part]);
    while (waiting.length >= 4 && waiting.length >= waiting.readInt32LE(0)) {
      const message = waiting.subarray(0, waiting.readInt32LE(0));
      waiting = waiting.subarray(message.length);
      const none = { ok: 0, errmsg: 'Command requires authentication', codeName: 'Unauthorized' };
      socket.write(toMessage(1, message.readInt32LE(4), ANSWERS[commandOf(message)] ?? none));
    }
  });
});
server.listen(27017, '0.0.0.0', () => console.log(`Waiting for connections, made by ${readFileSync(ADMINISTRATOR)}`));
process.on('SIGTERM', () => process.exit(0));
