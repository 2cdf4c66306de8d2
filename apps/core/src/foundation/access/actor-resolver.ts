import type { Request } from 'express';
import type { Actor } from './actor.js';

/** Finds who stands behind a credential. Identity implements it; access only asks. */
export abstract class ActorResolver {
  /** Puts who asks on the request. Undefined when nobody is signed in; throws 403 where a signed-in request fails the CSRF check. */
  abstract fromRequest(request: Request): Promise<Actor | undefined>;
  /** A reading request that never reaches Express: the same session, and a sign of life like any other. */
  abstract fromReading(cookieHeader: string | undefined): Promise<Actor | undefined>;
  /** For sockets: the cookie header is all there is. Never extends the session's idle time. */
  abstract fromCookie(cookieHeader: string | undefined): Promise<Actor | undefined>;
  /** Whether nothing changed since the actor was found. Ask after you began to listen for changes, else one slips by. */
  abstract isCurrent(actor: Actor): Promise<boolean>;
  /** What even a stranger's request must pass: a change asked for by somebody else's page is refused. */
  abstract admitStranger(request: Request): Promise<void>;
}
