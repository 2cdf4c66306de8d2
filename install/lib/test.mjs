import { bringBrowser } from './browser.mjs';
import { buildAll } from './builds.mjs';
import { run } from './commands.mjs';
import { runJest } from './jest.mjs';
import { installPackages } from './packages.mjs';
import { at } from './paths.mjs';
import { bringNewerEngine } from './newer-engine.mjs';
import { buildSamples, checkSamples } from './plugins.mjs';
import { bringPostgres } from './postgres.mjs';
import { bringPresetImages } from './preset-images.mjs';
import { bringSandbox } from './sandbox.mjs';
import { ON_POSTGRES, SELDOM } from './seldom.mjs';
import { bringPython } from './python.mjs';
import { bringSlapd } from './slapd.mjs';
import { Suite } from './suite.mjs';
import { programFrom } from './unpacked.mjs';
import { bringEngine, removeLabelled } from './test-engine.mjs';
import { say, step, Trouble, warn } from './terminal.mjs';

const ENGINE = '\\.engine\\.spec\\.ts$';
const BROWSER = '\\.browser\\.spec\\.ts$';
const PROXY = '\\.proxy\\.spec\\.ts$';
const SANDBOX = '\\.sandbox\\.spec\\.ts$';
const PROMTOOL = '\\.promtool\\.spec\\.ts$';
const PYTHON = '\\.python\\.spec\\.ts$';
const SLAPD = '\\.slapd\\.spec\\.ts$';
const CRASHES = 'faults\\.engine\\.spec\\.ts$';
/** A run for each, as all of them together take too long for one. */
const CRASHING = {
  deploys: '/deploy-faults\\.engine\\.spec\\.ts$',
  'makes anew': '/recreate-faults\\.engine\\.spec\\.ts$',
  'deletes and brings back': '/bin-faults\\.engine\\.spec\\.ts$',
  'unpacks and packs': '/archive-faults\\.engine\\.spec\\.ts$',
};
const PRESETS = '/presets\\.engine\\.spec\\.ts$';
const CONFORMANCE = 'conformance.*\\.engine\\.spec\\.ts$';
const ON_A_DATABASE = ['\\.store\\.spec\\.ts$', 'src/kernel/database/', 'test/http/'];
const DEEP = () => process.env.BAILIWICK_TEST_DEEP === '1';
const seldom = (group) => (DEEP() ? [] : SELDOM[group]);
const SKIP = process.env.BAILIWICK_TEST_ENGINE === 'skip';

const suite = new Suite();
const stops = [];

export async function test(argv = process.argv.slice(2)) {
  const since = performance.now();
  const unknown = argv.find((word) => word !== '--deep');
  if (unknown) throw new Trouble(`${unknown} is not known here; the only flag is --deep.`);
  if (argv.includes('--deep')) process.env.BAILIWICK_TEST_DEEP = '1';
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => void cleanUp().then(() => process.exit(130)));
  if (!DEEP()) suite.notice('What takes long for what it adds was not run: install/lib/seldom.mjs names it (--deep).');
  try {
    await everything();
  } finally {
    await cleanUp();
  }
  process.exitCode = suite.summary(since) ? 0 : 1;
}

async function everything() {
  await installPackages();
  await checks();
  await suite.check('build', () => buildAll(Promise.resolve()));
  const engine = await needed('a container engine', SKIP ? undefined : bringEngine);
  if (engine) stops.push(engine.stop, () => clean(engine.host));
  const env = engine ? { BAILIWICK_DOCKER_HOST: engine.host } : {};

  // A run has a limit of its own, which all of it would come near on a busy machine.
  for (const part of ['1/3', '2/3', '3/3'])
    await suite.tests(`core: unit and HTTP, ${part}`, () =>
      runJest('apps/core', {
        match: ['.'],
        except: [ENGINE, BROWSER, SANDBOX, PROMTOOL, ...seldom('core')],
        workers: 2,
        part,
      }),
    );
  if (engine) {
    await suite.tests(`core: Docker Engine ${engine.version}`, () =>
      runJest('apps/core', { match: [ENGINE], except: [CRASHES, PRESETS, ...seldom('engine')], env }),
    );
    for (const [what, spec] of Object.entries(CRASHING).filter(([what]) => !seldom('crashes').includes(what)))
      await suite.tests(`core: killed while it ${what}`, () => runJest('apps/core', { match: [spec], env }));
    await withPresets(engine, env);
    await onNewerEngine(engine.version);
  }
  await plugins();
  if (SKIP) suite.notice('BAILIWICK_TEST_ENGINE=skip: nothing that needs a real engine was tested.');
  await shutIn();
  await byPromtool();
  await onPostgres();
  await suite.tests('panel: unit', () =>
    runJest('apps/gui', { match: ['.'], except: [ENGINE, BROWSER, PROXY], workers: 2 }),
  );
  await behindProxies();
  await inBrowser(engine, env);
}

/** Two beside each other, as there are two cores: the longest one, and all the others. */
const checks = () => {
  const bin = (name) => at('node_modules/.bin', name);
  const others = async () => {
    await suite.check('format', () => run(bin('prettier'), ['--check', '--log-level', 'warn', '.']));
    for (const place of ['contract', 'apps/core', 'apps/gui', 'sdk', 'plugins'])
      await suite.check(`types of ${place}`, () => run(bin('tsc'), ['-p', place]));
    await suite.check('arrows', () =>
      run(bin('depcruise'), [
        '--config',
        '.dependency-cruiser.cjs',
        'apps/core/src',
        'apps/gui/src',
        'contract/src',
        'sdk/src',
        'plugins',
      ]),
    );
    await suite.check('arrows catch what they forbid', () =>
      run(process.execPath, [at('apps/core/test/arrows/prove.mjs')]),
    );
    await suite.check('the protocols of plugins are written out', () =>
      run(process.execPath, [at('sdk/protocols/write.mjs'), '--check']),
    );
    await suite.check('no protocol breaks', () => run(process.execPath, [at('sdk/protocols/breaking.mjs')]));
    await suite.check('nothing unused', () => run(bin('knip'), []));
  };
  return Promise.all([suite.check('lint', () => run(bin('eslint'), ['.', '--max-warnings', '0'])), others()]);
};

/** Every preset, deployed and used, with a program under the name of its image. */
async function withPresets(engine, env) {
  if (!DEEP())
    return suite.notice(
      'No preset was deployed with a program of its own: making their images takes minutes (--deep).',
    );
  const images = await needed('the images of the presets', () => bringPresetImages(engine.host));
  if (!images) return undefined;
  stops.push(images.stop, () => clean(engine.host));
  return suite.tests('core: presets with their programs', () => runJest('apps/core', { match: [PRESETS], env }));
}

/** What the engine seam promises holds on the oldest and on the current engine. */
async function onNewerEngine(present) {
  const newer = await needed('a current Docker Engine', () => bringNewerEngine(present));
  if (!newer) {
    if (Number.parseInt(present, 10) < 28)
      suite.notice(`Docker Engine 28 could not be had here: only ${present} was tested.`);
    return;
  }
  stops.push(newer.stop);
  const env = { BAILIWICK_DOCKER_HOST: newer.host };
  await suite.tests(`core: Docker Engine ${newer.version}`, () => runJest('apps/core', { match: [CONFORMANCE], env }));
}

/** The SDK, and the samples in both languages. */
async function plugins() {
  await suite.check('samples of plugins built', buildSamples);
  await suite.tests('sdk: unit', () => runJest('sdk', { match: ['.'], except: [PYTHON], workers: 2 }));
  await suite.tests('plugins: unit', () => runJest('plugins', { match: ['.'], except: [SLAPD] }));
  const python = await needed('gRPC for Python', bringPython);
  if (!python) return;
  await suite.tests('sdk: the module in Python', () => runJest('sdk', { match: [PYTHON] }));
  const slapd = await needed('slapd', bringSlapd);
  if (!slapd) return;
  stops.push(slapd.stop);
  await suite.tests('plugins: LDAP, by slapd', () =>
    runJest('plugins', { match: [SLAPD], env: { LDAP_SETTINGS: JSON.stringify(slapd.settings) } }),
  );
  await suite.tests('plugins: conformance', () => checkSamples({ 'ldap-directory': slapd.settings }));
}

async function onPostgres() {
  const postgres = await needed('PostgreSQL', bringPostgres);
  if (!postgres) {
    suite.notice('PostgreSQL is not here and could not be installed: the stores were tested on SQLite only.');
    return;
  }
  stops.push(postgres.stop);
  const env = { BAILIWICK_TEST_DATABASE_URL: postgres.url };
  const except = [ENGINE, BROWSER];
  if (!DEEP())
    return suite.tests('core: stores and HTTP on PostgreSQL', () =>
      runJest('apps/core', { match: ON_POSTGRES, except, env, workers: 2 }),
    );
  for (const part of ['1/3', '2/3', '3/3'])
    await suite.tests(`core: stores and HTTP on PostgreSQL, ${part}`, () =>
      runJest('apps/core', { match: ON_A_DATABASE, except, env, workers: 2, part }),
    );
}

/** Plugins that mean harm, in the sandbox they would meet. */
async function shutIn() {
  const env = await needed('bubblewrap and gRPC for Python', bringSandbox);
  if (env) await suite.tests('core: plugins, shut in', () => runJest('apps/core', { match: [SANDBOX], env }));
}

async function byPromtool() {
  const promtool = await needed('promtool', () => programFrom('prometheus', 'usr/bin/promtool'));
  if (promtool)
    await suite.tests('core: metrics, by promtool', () =>
      runJest('apps/core', { match: [PROMTOOL], env: { PROMTOOL_PATH: promtool } }),
    );
}

async function behindProxies() {
  const proxies = await needed('nginx and Caddy', async () => ({
    NGINX_PATH: await programFrom('nginx', 'usr/sbin/nginx'),
    CADDY_PATH: await programFrom('caddy', 'usr/bin/caddy'),
  }));
  if (proxies)
    await suite.tests('panel: behind nginx and Caddy', () => runJest('apps/gui', { match: [PROXY], env: proxies }));
}

async function inBrowser(engine, env) {
  if (!engine && SKIP) return;
  const browser = await needed('Chromium', bringBrowser);
  const sandbox = await needed('bubblewrap and gRPC for Python', bringSandbox);
  if (!browser || !engine || !sandbox) return;
  const seen = { ...env, ...sandbox, CHROMIUM_PATH: browser };
  // One at a time: a browser keeps two cores busy by itself.
  for (const part of ['1/3', '2/3', '3/3'])
    await suite.tests(`panel: in the browser, ${part}`, () =>
      runJest('apps/gui', { match: [BROWSER], except: seldom('browser'), env: seen, part }),
    );
  await suite.tests('panel: in the browser, on a real engine', () =>
    runJest('apps/gui', { match: [ENGINE], except: seldom('browserOnEngine'), env: seen }),
  );
}

/** What cannot be had is a failure with its reason, not a shorter test. */
async function needed(what, bring) {
  let brought;
  if (bring)
    await bring().then(
      (result) => {
        brought = result;
      },
      (error) => suite.check(what, () => Promise.reject(error)),
    );
  return brought;
}

async function clean(host) {
  const left = await step('test things removed', () => removeLabelled(host));
  if (left > 0) warn(`${left} containers, networks or volumes of the tests were left and have been removed.`);
}

async function cleanUp() {
  const work = stops.splice(0).reverse();
  for (const stop of work) {
    try {
      await stop();
    } catch (error) {
      say(error.stack);
    }
  }
}
