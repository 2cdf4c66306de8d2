import { Injectable } from '@nestjs/common';
import type { UserId } from '@bailiwick/contract';
import { newId } from '../../kernel/ids.js';
import type { Actor, TokenScope } from '../access/actor.js';
import { UsersService } from '../identity/users.service.js';

/** The person an operation works for, with the rights they have now and not those of when they asked. */
@Injectable()
export class StartersService {
  constructor(private readonly users: UsersService) {}

  /** With a scope: no further than the token it was asked for with. */
  async actor(id: UserId, scope?: TokenScope | null): Promise<Actor> {
    const { username, displayName, platformRole, roleTag, tenantId, active, rightsVersion } = await this.users.get(id);
    const starter = {
      kind: 'user' as const,
      userId: id,
      username,
      displayName,
      platformRole,
      roleTag,
      tenantId,
      active,
      rightsVersion,
      provedUntil: 0,
    };
    // The ids name nothing: the work goes on when what it was asked for with has ended.
    return scope
      ? { ...starter, via: 'token', tokenId: newId('tok'), endsAt: Infinity, scope }
      : { ...starter, via: 'panel', sessionId: newId('ses') };
  }
}
