import type { IncomingHttpHeaders } from 'node:http';
import type { Request } from 'express';
import type { Actor } from './actor.js';

/** All that says who is there: the cookie of a browser, or the bearer of a program, never both. */
export type Credentials = Pick<IncomingHttpHeaders, 'cookie' | 'authorization'>;

/** Finds who stands behind a credential. Identity implements it; access only asks. */
export abstract class ActorResolver {
  /** Puts who asks on the request. Undefined when nobody is signed in; throws 403 where a signed-in request fails the CSRF check. */
  abstract fromRequest(request: Request): Promise<Actor | undefined>;
  /** A reading request that never reaches Express: the same credential, and a sign of life like any other. */
  abstract fromReading(credentials: Credentials, address: string): Promise<Actor | undefined>;
  /** For sockets: the headers of the upgrade are all there is. Never extends the session's idle time. */
  abstract fromHeaders(credentials: Credentials): Promise<Actor | undefined>;
  /** A socket is let in: a personal token remembers that it was used. */
  abstract noteSocket(actor: Actor, address: string): Promise<void>;
  /** Whether a program sends this: nobody can make a browser add that header. */
  abstract isBearer(credentials: Credentials): boolean;
  /** Whether nothing changed since the actor was found. Ask after you began to listen for changes, else one slips by. */
  abstract isCurrent(actor: Actor): Promise<boolean>;
  /** What even a stranger's request must pass: a change asked for by somebody else's page is refused. */
  abstract admitStranger(request: Request): Promise<void>;
}
