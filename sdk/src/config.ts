import { closeSync, readSync } from 'node:fs';

/** Where a plugin listens, by which token it is asked, and where the core listens to it. */
export interface PluginPlace {
  name: string;
  /** As gRPC names it: unix:/… or 127.0.0.1:50061. */
  address: string;
  token: string;
}

const TOKEN_WAIT_MS = 5000;

/** As the core says it to the process it starts; of one that runs by itself, by BAILIWICK_PLUGIN_LISTEN and _TOKEN. */
export function readPlace(env: NodeJS.ProcessEnv = process.env): PluginPlace {
  const { BAILIWICK_PLUGIN_NAME: name = '', BAILIWICK_PLUGIN_SOCKET: socket, BAILIWICK_PLUGIN_TOKEN_FD: fd } = env;
  const { BAILIWICK_PLUGIN_LISTEN: listen, BAILIWICK_PLUGIN_TOKEN: own } = env;
  const address = socket ? `unix:${socket}` : listen;
  if (!address)
    throw new Error(
      'A plugin is started by the core. To run one by itself, set BAILIWICK_PLUGIN_LISTEN=127.0.0.1:50061 and BAILIWICK_PLUGIN_TOKEN.',
    );
  const token = fd ? readToken(Number(fd)) : (own ?? '').trim();
  if (token === '') throw new Error('No token came: nobody could be told from the core.');
  return { name, address, token };
}

/** To its end: the core closes its side when the token is written. */
function readToken(fd: number): string {
  const until = Date.now() + TOKEN_WAIT_MS;
  const parts: Buffer[] = [];
  for (;;) {
    const part = Buffer.alloc(4096);
    const length = readOrWait(fd, part);
    if (length === 0) break;
    if (length > 0) parts.push(part.subarray(0, length));
    else if (Date.now() > until) throw new Error('The token did not end within 5 s.');
  }
  closeSync(fd);
  return Buffer.concat(parts).toString('utf8').trim();
}

/** -1 where nothing is there yet. */
function readOrWait(fd: number, into: Buffer): number {
  try {
    return readSync(fd, into);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    return -1;
  }
}
