import { spawnSync } from 'node:child_process';
import * as apt from './apt.mjs';
import { findProgram } from './commands.mjs';
import { Trouble } from './terminal.mjs';

const PYTHON = '/usr/bin/python3';
const hasGrpc = () => spawnSync(PYTHON, ['-c', 'import grpc']).status === 0;

/** What shuts plugins in, and what plugins in Python speak with. Gives the settings of the specs. */
export async function bringSandbox() {
  const missing = [findProgram('bwrap') ? [] : 'bubblewrap', hasGrpc() ? [] : 'python3-grpcio'].flat();
  if (missing.length > 0) {
    if (!apt.canInstall()) throw new Trouble(`The tests of plugins need ${missing.join(' and ')}; install them and try again.`); // prettier-ignore
    await apt.install(...missing);
  }
  return { BWRAP_PATH: findProgram('bwrap') };
}
