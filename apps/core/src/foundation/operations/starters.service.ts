import { Injectable } from '@nestjs/common';
import type { UserId } from '@bailiwick/contract';
import { newId } from '../../kernel/ids.js';
import { AccessBook } from '../access/access-book.js';
import type { Actor, TokenScope } from '../access/actor.js';
import { UsersService } from '../identity/users.service.js';
import type { OperationFacts } from './operation.js';

/** As the operation was asked for; with a scope, no further than the token it was asked for with. */
type CameFrom = Partial<Pick<OperationFacts, 'via' | 'address'>> & { scope?: TokenScope | null };

/** The person an operation works for, with the rights they have now and not those of when they asked. */
@Injectable()
export class StartersService {
  constructor(
    private readonly users: UsersService,
    private readonly book: AccessBook,
  ) {}

  async actor(id: UserId, { via, address, scope }: CameFrom = {}): Promise<Actor> {
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
      // A missing second factor bars asking, not what was asked for before.
      twoFactorMissing: false,
      rightsVersion,
      standing: this.book.standingOf({ userId: id, tenantId, roleTag }),
      provedUntil: 0,
      via: via ?? 'panel',
      ...(address ? { address } : {}),
    };
    // The ids name nothing: the work goes on when what it was asked for with has ended.
    return scope
      ? { ...starter, credential: 'personal_token', tokenId: newId('tok'), endsAt: Infinity, scope }
      : { ...starter, credential: 'cookie', sessionId: newId('ses') };
  }
}
