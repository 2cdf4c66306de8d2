import { hostname, networkInterfaces } from 'node:os';
import { storageDir } from './paths.mjs';
import { Trouble, warn } from './terminal.mjs';

const FLAGS = ['--check', '--public', '--demo', '--no-engine-install'];
const LOOPBACK = '127.0.0.1';

/** What the command line and the environment ask for. */
export function readSettings(argv = process.argv.slice(2)) {
  const unknown = argv.find((word) => !FLAGS.includes(word));
  if (unknown) throw new Trouble(`${unknown} is not known here; the flags are ${FLAGS.join(', ')}.`);
  const has = (flag) => argv.includes(flag);
  const open = has('--public');
  return {
    check: has('--check'),
    demo: has('--demo'),
    public: open,
    engineInstall: !has('--no-engine-install'),
    coreHost: process.env.BAILIWICK_CORE_HOST ?? LOOPBACK,
    corePort: port('BAILIWICK_CORE_PORT', 8000),
    grpcPort: port('BAILIWICK_GRPC_PORT', 50_051),
    guiHost: process.env.BAILIWICK_GUI_HOST ?? (open ? '0.0.0.0' : LOOPBACK),
    guiPort: port('BAILIWICK_GUI_PORT', 5000),
    storage: has('--demo') && !process.env.BAILIWICK_STORAGE_DIR ? `${storageDir()}/demo` : storageDir(),
  };
}

function port(name, otherwise) {
  const text = process.env[name];
  if (text === undefined || text === '') return otherwise;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 65535)
    throw new Trouble(`${name} is "${text}"; it takes a port between 1 and 65535.`);
  return number;
}

const addresses = () =>
  Object.values(networkInterfaces())
    .flat()
    .filter(({ internal, family, address }) => !internal && (family === 'IPv4' || !address.startsWith('fe80')))
    .map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));

/** The address people type: the configured one, or where the panel listens. */
export function panelUrl({ guiHost, guiPort }) {
  if (process.env.BAILIWICK_PUBLIC_URL) return process.env.BAILIWICK_PUBLIC_URL;
  const everywhere = guiHost === '0.0.0.0' || guiHost === '::';
  const host = everywhere ? (addresses()[0] ?? LOOPBACK) : guiHost.includes(':') ? `[${guiHost}]` : guiHost;
  return `http://${host}:${guiPort}`;
}

/** What both services are told beyond what the person set. */
export function serviceEnvironment(settings) {
  const { coreHost, corePort, grpcPort, guiHost, guiPort, storage, demo } = settings;
  const reachable = coreHost === '0.0.0.0' || coreHost === '::' ? LOOPBACK : coreHost;
  return {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    MALLOC_ARENA_MAX: '1',
    MALLOC_TRIM_THRESHOLD_: '65536',
    MALLOC_MMAP_THRESHOLD_: '131072',
    BAILIWICK_CORE_HOST: coreHost,
    BAILIWICK_CORE_PORT: String(corePort),
    BAILIWICK_GRPC_PORT: String(grpcPort),
    BAILIWICK_GUI_HOST: guiHost,
    BAILIWICK_GUI_PORT: String(guiPort),
    BAILIWICK_CORE_URL: process.env.BAILIWICK_CORE_URL ?? `http://${reachable}:${corePort}`,
    BAILIWICK_PUBLIC_URL: panelUrl(settings),
    BAILIWICK_STORAGE_DIR: storage,
    ...(demo ? { BAILIWICK_ENGINE: 'fake' } : {}),
    ...(settings.public ? publicEnvironment() : {}),
  };
}

/** Every name this machine answers to may be asked for; published container ports open where the panel does. */
function publicEnvironment() {
  const names = [...addresses(), hostname(), 'localhost', LOOPBACK];
  return {
    BAILIWICK_ALLOWED_HOSTS: process.env.BAILIWICK_ALLOWED_HOSTS ?? names.join(','),
    BAILIWICK_PUBLISH_IP: process.env.BAILIWICK_PUBLISH_IP ?? '0.0.0.0',
  };
}

export function warnAboutExposure(settings) {
  const open = ![LOOPBACK, '::1', 'localhost'].includes(settings.guiHost);
  if (open && !panelUrl(settings).startsWith('https:'))
    warn(
      'The panel listens on every address without TLS: passwords cross the network in clear. Put a reverse proxy in front (docs/reverse-proxy.md) and set BAILIWICK_PUBLIC_URL=https://…',
    );
  if (![LOOPBACK, '::1', 'localhost'].includes(settings.coreHost))
    warn(`The core listens on ${settings.coreHost}: only the panel needs to reach it, keep it on 127.0.0.1.`);
}
