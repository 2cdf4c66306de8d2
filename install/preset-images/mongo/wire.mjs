import { connect } from 'node:net';

/** OP_MSG of the MongoDB wire protocol. */
const OP_MSG = 2013;

/** Strings, booleans and small numbers: all that hello and ping are made of. */
export function toBson(fields) {
  const parts = Object.entries(fields).map(([name, value]) => {
    const key = Buffer.from(`${name}\0`);
    if (typeof value === 'boolean') return Buffer.concat([Buffer.of(8), key, Buffer.of(value ? 1 : 0)]);
    if (typeof value === 'string') {
      const text = Buffer.from(`${value}\0`);
      const size = Buffer.alloc(4);
      size.writeInt32LE(text.length);
      return Buffer.concat([Buffer.of(2), key, size, text]);
    }
    const double = Buffer.alloc(8);
    double.writeDoubleLE(value);
    return Buffer.concat([Buffer.of(1), key, double]);
  });
  const body = Buffer.concat([...parts, Buffer.of(0)]);
  const size = Buffer.alloc(4);
  size.writeInt32LE(body.length + 4);
  return Buffer.concat([size, body]);
}

export function toMessage(id, answersTo, fields) {
  const document = toBson(fields);
  const head = Buffer.alloc(21);
  head.writeInt32LE(21 + document.length, 0);
  head.writeInt32LE(id, 4);
  head.writeInt32LE(answersTo, 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, document]);
}

/** The name of the command is the first key of its document. */
export const commandOf = (message) => message.subarray(26, message.indexOf(0, 26)).toString();

if (process.argv[2]?.includes("adminCommand('ping')")) {
  const socket = connect(27017, '127.0.0.1', () => socket.write(toMessage(1, 0, { ping: 1, $db: 'admin' })));
  socket.setTimeout(3000, () => process.exit(1));
  socket.on('error', () => process.exit(1));
  socket.on('data', (answer) => process.exit(answer.includes('ok\0') ? 0 : 1));
}
