import * as apt from './apt.mjs';
import { findProgram } from './commands.mjs';
import { deniedTrouble, findEngine, provideEngine, request } from './engine.mjs';
import { hasImage, makeImage } from './test-image.mjs';
import { step, Trouble } from './terminal.mjs';

const LABEL = 'bailiwick.test=1';

/** An engine to test with: the one that runs here, or one we bring up and `stop` again. */
export async function bringEngine() {
  const found = await findEngine();
  if (found?.version) return prepared(found, async () => undefined);
  if (found?.denied) throw deniedTrouble(found.denied);
  if (!(findProgram('dockerd') ? apt.isRoot() : apt.canInstall()))
    throw new Trouble(
      'No container engine answers and none can be installed here; start one, or set BAILIWICK_TEST_ENGINE=skip.',
    );
  const started = await provideEngine();
  const engine = await findEngine();
  if (!engine?.version) throw new Trouble('The container engine was started and does not answer.');
  return prepared(engine, () => stopEngine(started));
}

async function prepared({ host, version }, stop) {
  if (!(await hasImage(host))) await step('test image made', () => makeImage(host));
  return { host, version, stop };
}

/** An engine that ran before we came stays; the one we started ends. */
function stopEngine(engine) {
  if (!engine || engine.exitCode !== null) return undefined;
  return new Promise((done) => {
    const force = setTimeout(() => engine.kill('SIGKILL'), 15_000);
    engine.once('exit', () => {
      clearTimeout(force);
      done();
    });
    engine.kill('SIGTERM');
  });
}

const filters = `filters=${encodeURIComponent(JSON.stringify({ label: [LABEL] }))}`;

/** Removes what tests left behind, by their label; gives how many things there were. */
export async function removeLabelled(host) {
  const list = async (url) => JSON.parse(await request(host, 'GET', url, { timeoutMs: 30_000 }));
  const remove = (url) => request(host, 'DELETE', url, { timeoutMs: 30_000 });
  const containers = await list(`/containers/json?all=1&${filters}`);
  for (const { Id } of containers) await remove(`/containers/${Id}?force=1&v=1`);
  const networks = await list(`/networks?${filters}`);
  for (const { Id } of networks) await remove(`/networks/${Id}`);
  const { Volumes } = await list(`/volumes?${filters}`);
  for (const { Name } of Volumes ?? []) await remove(`/volumes/${encodeURIComponent(Name)}?force=1`);
  return containers.length + networks.length + (Volumes?.length ?? 0);
}
