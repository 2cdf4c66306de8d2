import { Injectable } from '@nestjs/common';
import {
  ContainerId,
  type CreatedToken,
  type CreateToken,
  type OwnTokenList,
  type PersonalTokenList,
  type TokenId,
  type TokenTarget,
  type UserId,
} from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, isStaff } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { ApiToken } from '../../foundation/identity/api-token.entity.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { TokensService } from '../../foundation/identity/tokens.service.js';
import { Database } from '../../kernel/database/database.js';
import { conflict, invalid, notFound } from '../../kernel/errors.js';
import { PeopleService } from '../people/people.service.js';
import { assertHolds, offeredTo, toPersonalToken, withSight } from './tokens.rules.js';

const MOST_TOKENS = 100;

/** The tokens of people, for their programs. */
@Injectable()
export class TokenListService {
  constructor(
    private readonly tokens: TokensService,
    private readonly people: PeopleService,
    private readonly tenants: TenantsService,
    private readonly mirrors: MirrorsService,
    private readonly access: AccessService,
    private readonly stepUp: StepUpService,
    private readonly audit: AuditService,
    private readonly database: Database,
  ) {}

  async own(actor: Actor): Promise<OwnTokenList> {
    this.access.require(actor, 'account.manage', null);
    return { ...(await this.list(actor.userId)), offered: offeredTo(actor) };
  }

  async of(actor: Actor, userId: UserId): Promise<PersonalTokenList> {
    await this.people.find(actor, 'people.sessions', userId);
    return this.list(userId);
  }

  async create(actor: Actor, { name, targets, grave, expiresInDays, ...wanted }: CreateToken): Promise<CreatedToken> {
    this.access.require(actor, 'account.manage', null);
    this.stepUp.assertProved(actor);
    const capabilities = withSight(wanted.capabilities);
    assertHolds(actor, capabilities);
    for (const [position, target] of targets.entries()) await this.assertReached(actor, target, position);
    if ((await this.tokens.of(actor.userId)).length >= MOST_TOKENS)
      throw conflict('conflict', `A person has at most ${MOST_TOKENS} tokens. Revoke one you do not need.`);
    const { row, token } = await this.database.transaction(async (rows) => {
      const wish = { userId: actor.userId, name, capabilities, targets: [...new Set(targets)], grave, expiresInDays };
      const made = await this.tokens.create(rows, wish);
      await this.audit.record(rows, {
        actor,
        action: 'tokens.create',
        target: toTarget(made.row),
        outcome: 'done',
        details: { capabilities, targets, grave, expiresInDays },
      });
      return made;
    });
    return { item: toPersonalToken(row, false), token };
  }

  async revokeOwn(actor: Actor, id: TokenId): Promise<void> {
    this.access.require(actor, 'account.manage', null);
    await this.revoke(actor, actor.userId, id);
  }

  async revokeOf(actor: Actor, userId: UserId, id: TokenId): Promise<void> {
    await this.people.find(actor, 'people.sessions', userId);
    await this.revoke(actor, userId, id);
  }

  private async list(userId: UserId): Promise<PersonalTokenList> {
    const items = (await this.tokens.of(userId)).map((row) => toPersonalToken(row, this.tokens.isExpired(row)));
    const version = items.map(({ id, lastUsedAt, expired }) => `${id}@${lastUsedAt ?? ''}${expired ? '!' : ''}`);
    return { items, version: version.join(' ') || 'none' };
  }

  private async revoke(actor: Actor, userId: UserId, id: TokenId): Promise<void> {
    const token = (await this.tokens.of(userId)).find((held) => held.id === id);
    if (!token) throw notFound('token', id);
    await this.database.transaction(async (rows) => {
      await this.tokens.revoke(rows, id);
      await this.audit.record(rows, {
        actor,
        action: 'tokens.revoke',
        target: toTarget(token),
        outcome: 'done',
        details: { userId },
      });
    });
    this.tokens.announceEnd(token);
  }

  /** A token for what its maker cannot see would tell that it exists. */
  private async assertReached(actor: Actor, target: TokenTarget, position: number): Promise<void> {
    const container = ContainerId.safeParse(target);
    if (container.success ? this.sees(actor, container.data) : await this.belongsTo(actor, target)) return;
    const message = `There is no ${target} within your reach.`;
    throw invalid([{ path: `targets.${position}`, code: 'unknown_target', message }]);
  }

  private sees(actor: Actor, id: ContainerId): boolean {
    const container = this.mirrors.container(id);
    return container !== undefined && this.access.allows(actor, 'containers.see', container);
  }

  private async belongsTo(actor: Actor, id: TokenTarget): Promise<boolean> {
    return id === actor.tenantId || (isStaff(actor) && (await this.tenants.findId(id)) !== null);
  }
}

const toTarget = ({ id, name }: ApiToken) => ({ kind: 'token', id, label: name });
