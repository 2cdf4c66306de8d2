import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer, type Server } from 'node:tls';

export interface SelfMade {
  readonly cert: string;
  readonly key: string;
}

/** A certificate that signed itself, from now on for so many days. */
export function selfMade(host: string, days: number): SelfMade {
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-certificate-'));
  const [cert, key] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
  const about = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`, '-days', String(days)];
  try {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', ...about, '-keyout', key, '-out', cert], { stdio: 'ignore' }); // prettier-ignore
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Speaks TLS on loopback, with a certificate that can be changed while it runs. */
export class TlsServer {
  private constructor(private readonly server: Server) {}

  static async start(certificate: SelfMade): Promise<TlsServer> {
    const server = createServer(certificate, (socket) => socket.end());
    // Who looks and leaves is no failure.
    server.on('tlsClientError', () => undefined);
    server.on('secureConnection', (socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return new TlsServer(server);
  }

  get port(): number {
    // What listens on a port has an address of this kind.
    return (this.server.address() as AddressInfo).port;
  }

  serve(certificate: SelfMade): void {
    this.server.setSecureContext(certificate);
  }

  close(): Promise<void> {
    return new Promise((resolve) => void this.server.close(() => resolve()));
  }
}
