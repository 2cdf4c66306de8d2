import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Change, Gone, Joined, Position } from '@bailiwick/contract';
import { io, type Socket } from 'socket.io-client';
import { UsersService } from '../../src/foundation/identity/users.service.js';
import { SessionsService } from '../../src/foundation/identity/sessions.service.js';
import { type TestApp, startApp } from '../app.js';
import { fakeEngine, seenOnEngine } from '../fake-engine.js';
import { ownedOnEngine } from '../owned-container.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const WEB = { name: 'web', image: 'nginx:stable' };
let core: TestApp;
let owner: SignedInPerson;
const sockets: Socket[] = [];
beforeEach(async () => {
  core = await startApp();
  owner = await signIn(core);
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await core.close();
});

interface Client {
  socket: Socket;
  changes: Change[];
  gone: Gone[];
}

/** A browser on the panel's own page. */
async function connect(person: SignedInPerson): Promise<Client> {
  const socket = io(`${core.url}/live`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { cookie: person.cookie, origin: core.url },
  });
  sockets.push(socket);
  const client: Client = { socket, changes: [], gone: [] };
  socket.on('change', (change: Change) => client.changes.push(change));
  socket.on('gone', (gone: Gone) => client.gone.push(gone));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return client;
}

async function join({ socket }: Client, topic: string, since?: Position) {
  const joined: Joined = await socket.timeout(2000).emitWithAck('join', { topic, ...(since ? { since } : {}) });
  if (!joined.ok) throw new Error(JSON.stringify(joined.error));
  return joined;
}

describe('following the containers', () => {
  it('begins with what the list shows', async () => {
    await seenOnEngine(core, WEB);
    const { snapshot } = await join(await connect(owner), 'containers');
    const list = await fetch(`${core.url}/api/v1/containers`, { headers: owner.headers });
    expect(snapshot).toEqual((await list.json()).items);
  });
});
