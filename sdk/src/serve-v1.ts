import { type Metadata, status } from '@grpc/grpc-js';
import { type PluginPlace, readPlace } from './config.js';
import type { Struct__Output } from './generated/google/protobuf/Struct.js';
import type { JsonObject } from './json.js';
import { V1_SERVICE } from './protocols.js';
import { Answered, carries, listen, type Serving, unary } from './serving.js';
import { fromStruct, toStruct } from './struct.rules.js';

/** A plugin of the first protocol: two calls, plain objects. */
export interface V1Definition {
  /** `status` "ok" or "healthy", or any other word where it is not. */
  health?(): JsonObject | Promise<JsonObject>;
  /** Asked with {dry_run, limit, users, …}; answers {users: [{username, db_name, role_tag, email, is_active}], …}. */
  syncUsers(asked: JsonObject): JsonObject | Promise<JsonObject>;
  shutdown?(): void | Promise<void>;
}

/** Serves nebula.plugin.v1 until the core ends the process. */
export function serveV1(definition: V1Definition, place: PluginPlace = readPlace()): Promise<Serving> {
  const known = (metadata: Metadata) => {
    if (!carries(metadata, 'x-nebula-token', place.token))
      throw new Answered(status.UNAUTHENTICATED, 'The metadata x-nebula-token is missing or wrong.');
  };
  const handlers = {
    Health: unary(known, async () => toStruct((await definition.health?.()) ?? { status: 'ok' })),
    SyncUsers: unary(known, async (asked: Struct__Output) => toStruct(await definition.syncUsers(fromStruct(asked)))),
  };
  return listen(place, [[V1_SERVICE, handlers]], () => definition.shutdown?.());
}
