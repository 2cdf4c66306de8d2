import { Injectable } from '@nestjs/common';
import type { UserId } from '@bailiwick/contract';
import { newId } from '../../kernel/ids.js';
import type { Actor } from '../access/actor.js';
import { UsersService } from '../identity/users.service.js';
import type { OperationFacts } from './operation.js';

/** As the operation was asked for. */
type CameFrom = Partial<Pick<OperationFacts, 'via' | 'address'>>;

/** The person an operation works for, with the rights they have now and not those of when they asked. */
@Injectable()
export class StartersService {
  constructor(private readonly users: UsersService) {}

  async actor(id: UserId, { via, address }: CameFrom = {}): Promise<Actor> {
    const { username, displayName, platformRole, roleTag, tenantId, active, rightsVersion } = await this.users.get(id);
    const sessionId = newId('ses'); // names none: the work goes on when its session has ended
    return {
      kind: 'user',
      userId: id,
      username,
      displayName,
      platformRole,
      roleTag,
      tenantId,
      sessionId,
      active,
      // A missing second factor bars asking, not what was asked for before.
      twoFactorMissing: false,
      rightsVersion,
      provedUntil: 0,
      via: via ?? 'panel',
      ...(address ? { address } : {}),
    };
  }
}
