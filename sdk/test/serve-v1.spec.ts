import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { credentials, Metadata, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, bearer } from '../src/conformance/asking.js';
import { serveV1, type Serving } from '../src/plugin.js';
import { V1_SERVICE, V1Client } from '../src/protocols.js';
import { fromStruct, toStruct } from '../src/struct.rules.js';

const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-sdk-'));
const metadata = new Metadata();
metadata.set('x-nebula-token', 'secret');
let serving: Serving;
let client: InstanceType<typeof V1Client>;

beforeAll(async () => {
  const definition = { syncUsers: ({ limit }: Record<string, unknown>) => ({ users: [{ username: 'ada' }], limit: Number(limit) }) }; // prettier-ignore
  serving = await serveV1(definition, { name: 'old', address: `unix:${folder}/plugin.sock`, token: 'secret' });
  client = new V1Client(serving.address, credentials.createInsecure());
});
afterAll(async () => {
  client.close();
  await serving.stop();
  rmSync(folder, { recursive: true });
});

describe('a served plugin of v1', () => {
  it('answers both calls with plain objects', async () => {
    const health = await ask(client, V1_SERVICE.Health, {}, { metadata });
    expect('answer' in health && fromStruct(health.answer)).toEqual({ status: 'ok' });
    const synced = await ask(client, V1_SERVICE.SyncUsers, toStruct({ dry_run: true, limit: 5 }), { metadata });
    expect('answer' in synced && fromStruct(synced.answer)).toEqual({ users: [{ username: 'ada' }], limit: 5 });
  });

  it('refuses who does not show the token where v1 has it', async () => {
    expect(await ask(client, V1_SERVICE.Health, {})).toMatchObject({ code: status.UNAUTHENTICATED });
    const other = { metadata: bearer('secret') };
    expect(await ask(client, V1_SERVICE.Health, {}, other)).toMatchObject({ code: status.UNAUTHENTICATED });
  });
});
