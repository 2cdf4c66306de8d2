import type { Server } from 'node:http';

/** A peer that sends slowly, or never stops sending, gives its place back. Call before `listen`. */
export function limitServer(server: Server): void {
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 65_000;
  server.maxHeadersCount = 100;
  server.maxRequestsPerSocket = 1_000;
  server.maxConnections = 14_000;
  // How often the timeouts are looked at; Node reads it when it starts to listen, its types know it as an option only.
  Object.assign(server, { connectionsCheckingInterval: 2_000 });
}
