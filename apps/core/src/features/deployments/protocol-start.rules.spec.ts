import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lacksCommand, protocolEnv, startOf } from './protocol-start.rules.js';

const start = (wish: Partial<Parameters<typeof startOf>[0]> = {}) =>
  startOf({ protocol: 'node-npm', folder: '/app', installCommand: [], command: null, ...wish });

describe('a start by protocol', () => {
  it('leaves an image alone that has nothing to install', () => {
    expect(start({ protocol: 'generic', command: ['a'] })).toBeNull();
    expect(start({ protocol: 'static-web' })).toBeNull();
    expect(start({ protocol: 'generic', installCommand: ['make'], command: ['a'] })).not.toBeNull();
  });

  it('never joins what somebody typed into what a shell reads', () => {
    const evil = ['; rm -rf /', '$(id)', '`id`', "'", '"', 'a b'];
    const plain = start();
    const typed = start({ folder: evil[0] ?? '', installCommand: evil, command: evil });
    expect(typed?.entrypoint).toEqual(plain?.entrypoint);
    expect(typed?.command).toEqual(['node-npm', evil[0], '6', ...evil, ...evil]);
  });

  it('needs a command where there is none of a kind', () => {
    expect(lacksCommand({ protocol: 'generic', installCommand: ['make'], command: null })).toBe(true);
    expect(lacksCommand({ protocol: 'node-npm', installCommand: ['make'], command: null })).toBe(false);
    expect(lacksCommand({ protocol: 'generic', installCommand: ['make'], command: ['a'] })).toBe(false);
  });

  it('tells Flask where it is', () => {
    expect(protocolEnv('python-flask')).toEqual({ FLASK_APP: 'app.py', PORT: '5000' });
    expect(protocolEnv('generic')).toEqual({});
  });
});

describe('what runs then', () => {
  let folder: string;
  let running: ReturnType<typeof spawn>[] = [];
  const program = (name: string, script: string) => {
    const file = path.join(folder, 'bin', name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  };
  /** Until it ends by itself, or says what it is waited for. */
  const run = (wish: Partial<Parameters<typeof startOf>[0]>, until = /$^/, then: () => void = () => undefined) => {
    const made = start({ folder: path.join(folder, 'app'), ...wish });
    const [shell = '', ...rest] = [...(made?.entrypoint ?? []), ...(made?.command ?? [])];
    const child = spawn(shell, rest, { env: { PATH: `${folder}/bin:/usr/bin:/bin`, PORT: '5000' } });
    running.push(child);
    return new Promise<{ output: string; code: number | null }>((done) => {
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => {
        output += String(chunk);
        if (!until.test(output)) return;
        until = /$^/;
        then();
        child.kill('SIGTERM');
      });
      child.on('close', (code) => done({ output, code }));
    });
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-protocol-'));
    for (const name of ['bin', 'app']) mkdirSync(path.join(folder, name));
    program('npm', 'echo "npm $*"');
    program('pip', 'echo "pip $*"');
    program('python', '[ "$1" = -c ] && exit 1; echo "python $*"');
  });
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL');
    running = [];
    rmSync(folder, { recursive: true });
  });

  it('installs first and becomes the program then', async () => {
    writeFileSync(path.join(folder, 'app/package.json'), '{}');
    expect(await run({})).toEqual({ output: 'npm install\nnpm run start\n', code: 0 });
    expect(await run({ command: ['echo', 'a b', ';', '$HOME'] })).toEqual({ output: 'npm install\na b ; $HOME\n', code: 0 }); // prettier-ignore
    expect(await run({ installCommand: ['echo', "it's", '$X'], command: ['echo', 'then'] })).toEqual({ output: "it's $X\nthen\n", code: 0 }); // prettier-ignore
  });

  it('installs what a Python project says it needs, and what its kind needs', async () => {
    writeFileSync(path.join(folder, 'app/requirements.txt'), '');
    expect((await run({ protocol: 'python-flask' })).output).toBe(
      'pip install --no-cache-dir -r requirements.txt\npip install --no-cache-dir flask\npython -m flask run --host 0.0.0.0 --port 5000\n',
    );
    rmSync(path.join(folder, 'app/requirements.txt'));
    writeFileSync(path.join(folder, 'app/pyproject.toml'), '');
    expect((await run({ protocol: 'python-pip' })).output).toBe('pip install --no-cache-dir .\npython main.py\n');
  });

  it('stays up over an empty folder with a message, and goes at once when it is told to', async () => {
    const { output, code } = await run({}, /waits/);
    expect(output).toContain('it waits for package.json.');
    expect(code).toBe(0);
    expect((await run({ protocol: 'python-pip' }, /waits/)).code).toBe(0);
  });

  it('stays up with its words where the installation fails', async () => {
    writeFileSync(path.join(folder, 'app/package.json'), '{}');
    program('npm', 'echo "npm ERR"; exit 7');
    const { output, code } = await run({}, /restart the container/);
    expect(output).toContain('npm ERR\nThe installation failed, see above.');
    expect(output).not.toContain('npm run');
    expect(code).toBe(0);
    expect((await run({ folder: '/nowhere' }, /no folder/)).code).toBe(0);
  });
});
