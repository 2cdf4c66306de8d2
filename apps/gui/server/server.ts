import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { useBuiltConfig } from './built-config.ts';
import { ConfigError, readConfig } from './config.ts';
import { createPanelServer, type Pages } from './panel-server.ts';

const STOP_WITHIN_MS = 4_000;
/** This file stands in server/ as source and in dist/ as bundle: the panel's folder is one above both. */
const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

async function start(): Promise<void> {
  const config = readConfig();
  process.chdir(folder);
  const development = config.mode === 'development';
  if (!development) useBuiltConfig(folder);

  // The server asks for the pages only once it listens.
  const ready: { pages?: Pages } = {};
  const panel = createPanelServer(config, () => {
    if (!ready.pages) throw new Error('The panel listens before its pages are ready.');
    return ready.pages;
  });
  const { default: next } = await import('next');
  // Next listens for upgrades on the server it is given and ends those it knows no page for: the core's would be cut.
  const upgrades = new http.Server();
  const app = next({
    dev: development,
    dir: folder,
    httpServer: upgrades,
    // Next's development server answers its own scripts only to pages of the host it is told.
    hostname: development && config.publicUrl ? new URL(config.publicUrl).hostname : config.host,
    port: config.port,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  ready.pages = {
    request: (request, response) => handle(request, response),
    ...(development ? { upgrade: (...upgrade) => upgrades.emit('upgrade', ...upgrade) } : {}),
  };
  await listen(panel.http, config.port, config.host);
  stopOnSignal(async () => {
    await panel.stop(STOP_WITHIN_MS);
    await app.close();
  });
  process.stdout.write(
    `${JSON.stringify({ level: 'info', logger: 'gui', url: urlOf(panel.http.address()), message: 'The panel is up' })}\n`,
  );
}

const listen = (server: ReturnType<typeof createPanelServer>['http'], port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });

function stopOnSignal(stop: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      void stop().finally(() => process.exit(0));
    });
}

function urlOf(address: AddressInfo | string | null): string {
  if (typeof address !== 'object' || address === null) return String(address);
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

start().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
});
