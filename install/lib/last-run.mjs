import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { warn } from './terminal.mjs';

const noteIn = (storage) => path.join(storage, 'run.json');

/** Written while the services run, so that the next start can tell what a cut-short one left behind. */
export function noteRun(storage, services) {
  const pids = services.map((service) => service.pid).filter(Boolean);
  writeFileSync(noteIn(storage), JSON.stringify({ supervisor: process.pid, services: pids }));
}

export const forgetRun = (storage) => rmSync(noteIn(storage), { force: true });

/** Ends the services of a start command that was killed and could not stop them itself. */
export async function endLeftovers(storage) {
  if (!existsSync(noteIn(storage))) return;
  const { supervisor, services } = JSON.parse(readFileSync(noteIn(storage), 'utf8'));
  if (commandOf(supervisor).includes('install/start.mjs')) return;
  const left = services.filter((pid) => /dist\/(main\.cjs|server\.mjs)/.test(commandOf(pid)));
  if (left.length > 0) warn('The last start was cut short: ending the services it left.');
  for (const pid of left) process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + 5000;
  while (left.some((pid) => commandOf(pid) !== '') && Date.now() < deadline)
    await new Promise((done) => setTimeout(done, 50));
  for (const pid of left.filter((one) => commandOf(one) !== '')) process.kill(pid, 'SIGKILL');
  forgetRun(storage);
}

/** Empty where no such process runs; only Linux tells. */
function commandOf(pid) {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\0', ' ') : '';
}
