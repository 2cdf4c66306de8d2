import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Puts links to elsewhere in the place of a folder and of a file, and takes them away again, as fast as it can. */
const PROGRAM = `
const { renameSync, symlinkSync, unlinkSync } = require('node:fs');
const [root, elsewhere] = process.argv.slice(1);
process.stdout.write('swapping');
// What is used meanwhile may be written, moved or deleted in the middle of a turn.
const tried = (step) => { try { step(); return true; } catch { return false; } };
const swap = (name, target) => {
  const kept = root + '/.kept-' + name;
  tried(() => renameSync(root + '/' + name, kept));
  if (tried(() => symlinkSync(target, root + '/' + name))) tried(() => unlinkSync(root + '/' + name));
  tried(() => renameSync(kept, root + '/' + name));
};
for (;;) { swap('sub', elsewhere); swap('alone', elsewhere + '/file'); }
`;

export interface Swapper {
  /** It goes on until it is stopped. */
  isAtWork(): boolean;
  stop(): Promise<void>;
}

export async function startSwapper(root: string, elsewhere: string): Promise<Swapper> {
  const child: ChildProcess = spawn(process.execPath, ['-e', PROGRAM, root, elsewhere], { stdio: ['ignore', 'pipe', 'inherit'] }); // prettier-ignore
  if (child.stdout) await once(child.stdout, 'data');
  return {
    isAtWork: () => child.exitCode === null && child.signalCode === null,
    async stop() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
