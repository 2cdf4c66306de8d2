import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { CoreLog, Log } from '../../kernel/log/log.js';
import { nameOf, type Place, type ServedCertificate } from './certificates.rules.js';

const WITHIN_MS = 10_000;
const ANOTHERS = 'ERR_TLS_CERT_ALTNAME_INVALID';

/** Reads what is served by TLS, whatever it is: nothing is sent there. */
export class CertificateDriver {
  private readonly log: Log;

  /** `trusted`: beside nothing else, instead of what this machine trusts. */
  constructor(
    coreLog: CoreLog,
    private readonly trusted?: readonly string[],
    private readonly withinMs: number = WITHIN_MS,
  ) {
    this.log = coreLog.for('certificates');
  }

  /** Undefined where nobody answers, or not by TLS. */
  async read(place: Place, stopping: AbortSignal): Promise<ServedCertificate | undefined> {
    try {
      return await this.shake(place, stopping);
    } catch (error) {
      this.log.debug({ err: error, place: nameOf(place) }, 'No certificate could be read there');
      return undefined;
    }
  }

  private shake({ host, port }: Place, stopping: AbortSignal): Promise<ServedCertificate> {
    return new Promise((resolve, reject) => {
      const socket = connect({
        host,
        port,
        // Looked at, not trusted with anything.
        rejectUnauthorized: false,
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ...(this.trusted ? { ca: [...this.trusted] } : {}),
      });
      const signal = AbortSignal.any([stopping, AbortSignal.timeout(this.withinMs)]);
      const leave = () => socket.destroy(new Error('It was given up.', { cause: signal.reason }));
      if (signal.aborted) leave();
      signal.addEventListener('abort', leave, { once: true });
      socket.once('secureConnect', () => {
        resolve(toServed(socket));
        socket.destroy();
      });
      socket.once('error', reject);
      socket.once('close', () => {
        signal.removeEventListener('abort', leave);
        reject(new Error('It ended the connection.'));
      });
    });
  }
}

function toServed(socket: TLSSocket): ServedCertificate {
  const { valid_from: from, valid_to: until } = socket.getPeerCertificate();
  // The types say an error; what stands there is its code.
  const against = socket.authorized ? null : String(socket.authorizationError);
  return {
    validFromMs: Date.parse(from),
    validUntilMs: Date.parse(until),
    doubt: against === null ? null : against === ANOTHERS ? 'name' : 'untrusted',
  };
}
