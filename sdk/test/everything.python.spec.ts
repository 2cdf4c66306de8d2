import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { credentials, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, bearer, readAll } from '../src/conformance/asking.js';
import { checkPlugin } from '../src/conformance/conformance.js';
import { readManifest } from '../src/conformance/manifest.js';
import { PlayedCore } from '../src/conformance/played-core.js';
import { blockOf } from './paper.js';
import { PLUGIN_SERVICE, PluginClient } from '../src/protocols.js';
import { fromStruct, toStruct } from '../src/struct.rules.js';

const work = mkdtempSync(path.join(tmpdir(), 'bailiwick-python-'));
const folder = path.join(work, 'everything');
const manifest = {
  api_version: 'v2',
  version: '1.0.0',
  command: ['python3', 'everything.py'],
  scopes: ['storage', 'events.read', 'events.emit', 'users.read'],
  events: ['container.*'],
  provides: ['users', 'actions', 'presets', 'channels', 'metrics'],
  hooks: { deploy: { validate: {}, before: {}, after: {} }, access: { before: {} } },
};

beforeAll(() => {
  mkdirSync(folder);
  cpSync(path.join(import.meta.dirname, 'everything.py'), path.join(folder, 'everything.py'));
  for (const file of ['bailiwick_plugin.py', 'protocols.binpb'])
    cpSync(path.join(import.meta.dirname, '../python', file), path.join(folder, file));
  writeFileSync(path.join(folder, 'plugin.json'), JSON.stringify(manifest));
});
afterAll(() => rmSync(work, { recursive: true }));

const until = async (isSo: () => boolean) => {
  for (let tries = 0; tries < 200 && !isSo(); tries += 1) await new Promise((done) => setTimeout(done, 25));
  expect(isSo()).toBe(true);
};

describe('the Python module', () => {
  it('passes with everything there is', async () => {
    const { checks } = await checkPlugin(folder);
    expect(checks.filter(({ isPassed }) => !isPassed)).toEqual([]);
  });

  it('runs what the paper for authors has', async () => {
    const own = path.join(work, 'paper');
    mkdirSync(own);
    for (const file of ['bailiwick_plugin.py', 'protocols.binpb'])
      cpSync(path.join(import.meta.dirname, '../python', file), path.join(own, file));
    writeFileSync(path.join(own, 'plugin.py'), blockOf('python'));
    const said = { ...(JSON.parse(blockOf('json')) as object), command: ['python3', 'plugin.py'] };
    writeFileSync(path.join(own, 'plugin.json'), JSON.stringify(said));
    const { checks } = await checkPlugin(own);
    expect(checks.filter(({ isPassed }) => !isPassed)).toEqual([]);
  });

  it('speaks both ways', async () => {
    const read = readManifest(folder);
    if (!read.manifest) throw new Error(read.mistakes.join());
    const core = new PlayedCore(folder, read.name, read.manifest, {});
    const { host } = core;
    host.scopes = new Set(['storage', 'events.emit', 'events.read', 'users.read']);
    await host.start();
    try {
      const begun = await core.start();
      if ('failed' in begun) throw new Error(begun.failed);
      const client = core.keep(new PluginClient(begun.address, credentials.createInsecure()));
      const metadata = bearer(core.token);
      const given = { scopes: [...host.scopes], settings: toStruct({}), hostAddress: host.address };
      expect(await ask(client, PLUGIN_SERVICE.Health, {}, { metadata })).toMatchObject({ code: status.FAILED_PRECONDITION }); // prettier-ignore
      await ask(client, PLUGIN_SERVICE.Initialize, given, { metadata });
      await until(() => host.logged.includes('hello from Python'));
      expect(host.emitted).toEqual(['began']);
      expect(host.kept.get('a')?.toString()).toBe('one');

      await until(() => host.listening === 1);
      host.tell([{ kind: 'container.started' }, { kind: 'user.created' }, { kind: 'container.died' }]);
      await new Promise((done) => setTimeout(done, 300));
      const health = await ask(client, PLUGIN_SERVICE.Health, {}, { metadata });
      expect(health).toMatchObject({ answer: { status: 'STATUS_DEGRADED', numbers: { heard: 2 } } });

      const input = { list: [1, null, 'x'], deep: { yes: true } };
      const asked = { action: 'look', input: toStruct(input), askedBy: 'ada', operationId: 'op_1' };
      const run = await readAll(client.runAction(asked, metadata));
      if (!('answer' in run)) throw new Error(run.details);
      expect(fromStruct(run.answer[1]?.result)).toEqual({ asked_by: 'ada', input, people: ['ada', 'grace', 'linus'] });

      const deploy = { moment: 'HOOK_MOMENT_BEFORE' as const, containerName: 'bad' };
      const refusal = { isRefused: true, reason: 'not bad', field: 'name' };
      expect(await ask(client, PLUGIN_SERVICE.HookDeploy, deploy, { metadata })).toMatchObject({ answer: refusal });
    } finally {
      await core.close();
    }
  });

  it('names the scope that is missing', async () => {
    const read = readManifest(folder);
    if (!read.manifest) throw new Error(read.mistakes.join());
    const core = new PlayedCore(folder, read.name, read.manifest, {});
    await core.host.start();
    try {
      const begun = await core.start();
      if ('failed' in begun) throw new Error(begun.failed);
      const client = core.keep(new PluginClient(begun.address, credentials.createInsecure()));
      const metadata = bearer(core.token);
      await ask(client, PLUGIN_SERVICE.Initialize, { hostAddress: core.host.address }, { metadata });
      await until(() => core.host.asked.some(({ method }) => method === 'SetValue'));
      await new Promise((done) => setTimeout(done, 200));
      const health = await ask(client, PLUGIN_SERVICE.Health, {}, { metadata });
      expect(health).toMatchObject({ answer: { message: 'missing storage' } });
    } finally {
      await core.close();
    }
  });
});
