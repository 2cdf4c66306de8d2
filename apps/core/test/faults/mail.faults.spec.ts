import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { databaseFor } from '../postgres.js';
import { SmtpSink } from '../smtp-sink.js';
import { buildCore, builtFolder, claim, CoreProcess } from './core-process.js';

beforeAll(buildCore, 120_000);
afterAll(() => rmSync(builtFolder, { recursive: true, force: true }));

describe('mail when the power goes', () => {
  let storageDir: string;
  let sink: SmtpSink;
  let env: Record<string, string>;
  let drop: () => Promise<void>;
  beforeEach(async () => {
    storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-faults-'));
    sink = await SmtpSink.start();
    const database = await databaseFor(storageDir);
    drop = database.drop;
    env = { ...database.env, ...sink.env, BAILIWICK_ENGINE: 'fake' };
  });
  afterEach(async () => {
    await sink.close();
    await drop();
    rmSync(storageDir, { recursive: true, force: true });
  });

  it('goes out after the restart when the core was killed between the row and the server', async () => {
    await sink.close();
    const before = await CoreProcess.start({ storageDir, env });
    const { headers } = await claim(before.url, storageDir);
    const answer = await fetch(`${before.url}/api/v1/invitations`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'eve@example.org' }),
    });
    expect(answer.status).toBe(201);
    await before.kill();
    await sink.open();
    const after = await CoreProcess.start({ storageDir, env });
    const mail = await sink.mailTo('eve@example.org', 1, 30_000);
    const token = /\/invite#(\S+)/.exec(mail.text)?.[1];
    const look = await fetch(`${after.url}/api/v1/invitations/look`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    expect(look.status).toBe(200);
    expect(sink.taken).toHaveLength(1);
    await after.stop();
  }, 90_000);
});
