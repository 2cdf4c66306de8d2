import { connect } from 'node:net';

/** Handshake for the status of `localhost:25565`, and the request for it. */
const PING = Buffer.concat([
  Buffer.of(15, 0, 0, 9),
  Buffer.from('localhost'),
  Buffer.of(0x63, 0xdd, 1),
  Buffer.of(1, 0),
]);

const socket = connect(25565, '127.0.0.1', () => socket.write(PING));
socket.setTimeout(3000, () => process.exit(1));
socket.on('error', () => process.exit(1));
socket.on('data', (answer) => process.exit(answer.includes('"players"') ? 0 : 1));
