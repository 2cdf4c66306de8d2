import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';

/** Answers a request and says so, or leaves it as it is; undefined at once for whatever is not its own. */
export type FirstAnswer = (request: IncomingMessage, response: ServerResponse) => Promise<boolean> | undefined;

/** Puts a hot read before the framework: what it does not answer takes the usual way, failures included. */
export function answerFirst(server: Server, answer: FirstAnswer): void {
  const rest = server.listeners('request').filter(isListener);
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const goOn = (): void => rest.forEach((listener) => listener.call(server, request, response));
    const answered = answer(request, response);
    if (!answered) return goOn();
    answered.then((done) => done || goOn(), goOn);
  });
}

const isListener = (listener: unknown): listener is RequestListener => typeof listener === 'function';
