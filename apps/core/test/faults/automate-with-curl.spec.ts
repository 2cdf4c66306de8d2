import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { databaseFor } from '../postgres.js';
import { buildCore, builtFolder, CoreProcess } from './core-process.js';

const PAPER = path.resolve(import.meta.dirname, '../../../../docs/how-to/automate-with-curl.md');

/** All of the paper's commands, as one script. */
const script = (): string =>
  [...readFileSync(PAPER, 'utf8').matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map(([, block]) => block).join('\n');

describe('the commands of docs/how-to/automate-with-curl.md', () => {
  const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
  let database: Awaited<ReturnType<typeof databaseFor>>;
  let core: CoreProcess;
  beforeAll(async () => {
    buildCore();
    database = await databaseFor(storageDir);
    core = await CoreProcess.start({
      storageDir,
      env: { BAILIWICK_ENGINE: 'fake', BAILIWICK_DEPLOY_STABLE_MS: '0', ...database.env },
    });
  }, 120_000);
  afterAll(async () => {
    await core.stop();
    await database.drop();
    rmSync(storageDir, { recursive: true, force: true });
    rmSync(builtFolder, { recursive: true, force: true });
  });

  it('run from top to bottom, from the first owner to a token that is given back', async () => {
    const { code, output } = await bash(`${script()}\nTOKEN="$PROGRAM_TOKEN" api GET /me || true`);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toMatch(/^exited$/m);
    expect(output).toMatch(/^running$/m);
    // What was given back is worth nothing.
    expect(output).toContain('"code":"unauthenticated"');
  }, 60_000);

  /** Beside this process, which serves nothing meanwhile but has to read what is said. */
  function bash(commands: string): Promise<{ code: number | null; output: string }> {
    const { PATH } = process.env;
    const child = spawn('bash', ['-euo', 'pipefail', '-c', commands], {
      env: { PATH, BAILIWICK: core.url, BAILIWICK_STORAGE_DIR: storageDir },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
  }
});
