import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse, SLOW_BODY } from './refusals.ts';

const CHECK_MS = 30_000;
const LEAST_BYTES_PER_CHECK = 50 * 1024 * (CHECK_MS / 1000);

/**
 * Ends a request whose body drips: whoever sends it would hold a connection for nothing. A body that keeps coming may
 * take hours. `requestTimeout` of Node cannot do this, it cuts long uploads as well.
 */
export function watchBody(request: IncomingMessage, response: ServerResponse, checkMs = CHECK_MS): void {
  if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) return;
  const least = LEAST_BYTES_PER_CHECK * (checkMs / CHECK_MS);
  let seen = request.socket.bytesRead;
  const timer = setInterval(() => {
    const read = request.socket.bytesRead;
    // A body that waits for the core to take it is not slow.
    if (read - seen >= least || request.isPaused() || request.readableLength > 0) {
      seen = read;
      return;
    }
    refuse(response, SLOW_BODY);
    request.destroy();
  }, checkMs);
  timer.unref();
  const stop = () => clearInterval(timer);
  request.once('end', stop).once('close', stop);
  response.once('close', stop);
}
