import * as apt from './apt.mjs';
import { attempt } from './commands.mjs';
import { step, Trouble } from './terminal.mjs';

const PACKAGES = ['python3-grpcio', 'python3-protobuf'];
/** Where the core looks for what a plugin is run by. */
const env = { PATH: '/usr/local/bin:/usr/bin:/bin' };

const speaksGrpc = async () => (await attempt('python3', ['-c', 'import grpc, google.protobuf'], { env })).code === 0;

/** Python with gRPC as Debian has it, for the plugins that are written in it; true when it is here. */
export async function bringPython() {
  if (await speaksGrpc().catch(() => false)) return true;
  const fix = `as root run: apt-get install ${PACKAGES.join(' ')}`;
  if (!apt.canInstall()) throw new Trouble(`The plugins in Python need ${PACKAGES.join(' and ')}; ${fix}.`);
  await step('gRPC for Python installed', () => apt.install(...PACKAGES));
  if (!(await speaksGrpc()))
    throw new Trouble('apt installed gRPC for Python, and python3 of the system does not find it.');
  return true;
}
