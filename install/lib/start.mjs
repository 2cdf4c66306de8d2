import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as apt from './apt.mjs';
import { buildAll } from './builds.mjs';
import { check, engineFix } from './check.mjs';
import { findProgram } from './commands.mjs';
import { deniedTrouble, findEngine, provideEngine } from './engine.mjs';
import { endLeftovers, forgetRun, noteRun } from './last-run.mjs';
import { installPackages } from './packages.mjs';
import { assertFree } from './ports.mjs';
import { panelUrl, readSettings, serviceEnvironment, warnAboutExposure } from './settings.mjs';
import { Service } from './supervisor.mjs';
import { blue, bold, magenta, say, step, Trouble, warn } from './terminal.mjs';

export async function start() {
  const settings = readSettings();
  if (settings.check) {
    process.exitCode = (await check(settings)) === 0 ? 0 : 2;
    return;
  }
  prepareStorage(settings.storage);
  await endLeftovers(settings.storage);
  await assertFree('core', settings.coreHost, settings.corePort, 'BAILIWICK_CORE_PORT');
  await assertFree('monitoring service', '127.0.0.1', settings.grpcPort, 'BAILIWICK_GRPC_PORT');
  await assertFree('panel', settings.guiHost, settings.guiPort, 'BAILIWICK_GUI_PORT');
  await buildAll(installPackages());
  const engine = settings.demo ? undefined : await engineFor(settings);
  await serve(settings, engine);
}

function prepareStorage(storage) {
  try {
    mkdirSync(storage, { recursive: true });
  } catch (error) {
    throw new Trouble(
      `The storage folder ${storage} cannot be made (${error.code}); set BAILIWICK_STORAGE_DIR to one you may write.`,
    );
  }
}

/** The engine's address, or nothing: then the panel shows its environment offline and says why. */
async function engineFor({ engineInstall }) {
  const found = await findEngine();
  if (found?.version) {
    await step(
      'engine',
      async () => undefined,
      () => `engine ${found.version} at ${found.host}`,
    );
    return found.host;
  }
  if (found?.denied && engineInstall) throw deniedTrouble(found.denied);
  const named = process.env.BAILIWICK_DOCKER_HOST ?? process.env.DOCKER_HOST;
  const able = engineInstall && !named && (findProgram('dockerd') ? apt.isRoot() : apt.canInstall());
  if (able) {
    await provideEngine();
    return (await findEngine())?.host;
  }
  const why = found?.denied
    ? deniedTrouble(found.denied).message
    : `No container engine answers${named ? ` at ${named}` : ''}; ${named ? 'start it, or unset the variable' : engineFix(engineInstall)}.`;
  warn(`${why} The panel starts with its environment offline.`);
  return undefined;
}

async function serve(settings, engine) {
  const env = serviceEnvironment(settings);
  if (engine) env.BAILIWICK_DOCKER_HOST = process.env.BAILIWICK_DOCKER_HOST ?? engine;
  const services = [];
  const started = () => noteRun(settings.storage, services);
  const core = new Service({
    name: 'core',
    place: 'apps/core',
    args: ['--max-semi-space-size=1', 'dist/main.cjs'],
    env,
    health: `${env.BAILIWICK_CORE_URL}/healthz`,
    paint: blue,
    started,
  });
  const gui = new Service({
    name: 'gui',
    place: 'apps/gui',
    args: ['--single-threaded-gc', '--max-semi-space-size=1', '--max-old-space-size=128', 'dist/server.mjs'],
    env,
    health: `http://${local(settings.guiHost)}:${settings.guiPort}/gui/healthz`,
    paint: magenta,
    started,
  });
  services.push(gui, core);
  stopOnSignals(services, settings.storage);
  try {
    for (const service of services) service.start();
    await step('core answers', () => core.healthy());
    await step('panel answers', () => gui.healthy());
  } catch (error) {
    await Promise.all(services.map((service) => service.stop()));
    throw error;
  }
  welcome(settings);
}

const local = (host) => (host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host);

function stopOnSignals(services, storage) {
  let stopping = false;
  const stop = async (code) => {
    if (stopping) return;
    stopping = true;
    say('Stopping…');
    await Promise.all(services.map((service) => service.stop()));
    forgetRun(storage);
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0));
}

function welcome(settings) {
  warnAboutExposure(settings);
  say();
  say(`  ${bold('Bailiwick')}   ${panelUrl(settings)}`);
  const token = path.join(settings.storage, 'keys/setup-token');
  if (existsSync(token)) say(`  Setup token ${readFileSync(token, 'utf8').trim()}`);
  say();
}
