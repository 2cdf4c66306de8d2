import { once } from 'node:events';
import net from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { until } from '../../../test/until.js';
import { SocketMemory } from './socket-memory.js';

const MIB = 1024 * 1024;

describe('what connections have not taken', () => {
  const cleanUps: Array<() => void> = [];
  afterEach(() => cleanUps.splice(0).forEach((clean) => clean()));

  it('may be as much as the limit, and costs whoever is furthest behind when it is more', () => {
    const slow = { writableLength: 30 };
    const slower = { writableLength: 50 };
    const idle = { writableLength: 0 };
    expect(new SocketMemory(80).findShed([slow, idle, slower])).toEqual([]);
    expect(new SocketMemory(79).findShed([slow, idle, slower])).toEqual([slower]);
    expect(new SocketMemory(29).findShed([slow, idle, slower])).toEqual([slower, slow]);
  });

  it('is found on real connections: a reader that stalls is shed, one that reads is not', async () => {
    const accepted: net.Socket[] = [];
    const server = net.createServer((socket) => accepted.push(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as net.AddressInfo;
    const connect = async () => {
      const client = net.connect(port, '127.0.0.1');
      const count = accepted.length;
      await until(() => accepted.length > count);
      cleanUps.push(() => client.destroy());
      return client;
    };
    const reader = await connect();
    let read = 0;
    reader.on('data', (bytes) => (read += bytes.length));
    (await connect()).pause();
    cleanUps.push(() => server.close(), () => accepted.forEach((socket) => socket.destroy())); // prettier-ignore
    for (const socket of accepted) socket.write(Buffer.alloc(32 * MIB));
    await until(() => read === 32 * MIB);
    expect(new SocketMemory(4 * MIB).findShed(accepted)).toEqual([accepted[1]]);
  });
});
