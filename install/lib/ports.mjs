import net from 'node:net';
import { Trouble } from './terminal.mjs';

/** Whether a server of ours could listen there now. */
export function isFree(host, port) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', (error) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(portTrouble(error, host, port)),
    );
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function portTrouble(error, host, port) {
  if (error.code === 'EACCES') return new Trouble(`Port ${port} needs root; choose one above 1023.`);
  if (error.code === 'EADDRNOTAVAIL') return new Trouble(`This machine has no address ${host}; choose one it has.`);
  return error;
}

export async function assertFree(name, host, port, variable) {
  if (await isFree(host, port)) return;
  throw new Trouble(
    `Port ${port}, where the ${name} should listen, is taken by another program; stop it, or choose another port with ${variable}=${port + 1} npm start.`,
  );
}

/** A port nobody listens on, chosen by the system. */
export function anyFreePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.on('error', reject);
    server.listen({ host: '127.0.0.1', port: 0 }, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
