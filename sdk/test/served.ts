import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { credentials, type Metadata } from '@grpc/grpc-js';
import { ask, bearer, type Outcome } from '../src/conformance/asking.js';
import { PlayedHost } from '../src/conformance/played-host.js';
import type { PluginDefinition } from '../src/plugin.js';
import { servePlugin } from '../src/plugin.js';
import { LIMITS, PLUGIN_SERVICE, PluginClient } from '../src/protocols.js';
import { toStruct } from '../src/struct.rules.js';
import type { JsonObject } from '../src/json.js';

export const TOKEN = 'a-token-of-the-test';

export interface Served {
  host: PlayedHost;
  client: InstanceType<typeof PluginClient>;
  metadata: Metadata;
  initialize(given?: { scopes?: string[]; settings?: JsonObject }): Promise<Outcome<object>>;
  stop(): Promise<void>;
}

/** A plugin on a socket of its own, with a host that is played beside it. */
export async function served(definition: PluginDefinition): Promise<Served> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-sdk-'));
  const host = new PlayedHost(`unix:${folder}/host.sock`, TOKEN);
  await host.start();
  const serving = await servePlugin(definition, {
    name: 'tested',
    address: `unix:${folder}/plugin.sock`,
    token: TOKEN,
  });
  const client = new PluginClient(serving.address, credentials.createInsecure(), LIMITS);
  const metadata = bearer(TOKEN);
  return {
    host,
    client,
    metadata,
    initialize: ({ scopes = [], settings = {} } = {}) => {
      host.scopes = new Set(scopes);
      const asked = { scopes, settings: toStruct(settings), tenants: [], hostAddress: host.address, coreVersion: '1' };
      return ask(client, PLUGIN_SERVICE.Initialize, asked, { metadata });
    },
    stop: async () => {
      client.close();
      await serving.stop();
      host.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
