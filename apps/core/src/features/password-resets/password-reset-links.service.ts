import { Inject, Injectable } from '@nestjs/common';
import type { ResetLink, UserId } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import type { Actor } from '../../foundation/access/actor.js';
import { PasswordResetsService } from '../../foundation/identity/password-resets.service.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { toIso } from '../../kernel/clock.js';
import { conflict } from '../../kernel/errors.js';
import { CONFIG } from '../../kernel/tokens.js';
import { assertSomebodyElse } from '../people/people.rules.js';
import { PeopleService } from '../people/people.service.js';
import { resetUrl } from './password-reset.rules.js';

/** Links that staff hands over. */
@Injectable()
export class PasswordResetLinksService {
  constructor(
    private readonly people: PeopleService,
    private readonly users: UsersService,
    private readonly resets: PasswordResetsService,
    private readonly stepUp: StepUpService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async create(actor: Actor, id: UserId): Promise<ResetLink> {
    const user = await this.people.find(actor, 'people.update', id);
    assertSomebodyElse(actor, id);
    this.stepUp.assertProved(actor);
    if (!(await this.resets.isOpen(user)))
      throw conflict('wrong_state', 'This account is disabled. Enable it first.', { params: { user: id } });
    const { token, expiresAt } = await this.users.write(await this.users.homeOfUser(id), async (rows, tell) => {
      const opened = await this.resets.openByStaff(rows, id);
      await tell('audit', {
        actor,
        action: 'people.resetLink',
        target: { kind: 'user', id, label: user.username, tenantId: user.tenantId },
        outcome: 'done',
      });
      return opened;
    });
    return { userId: id, url: resetUrl(this.config.BAILIWICK_PUBLIC_URL, token), expiresAt: toIso(expiresAt) };
  }
}
