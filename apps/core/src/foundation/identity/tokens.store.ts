import { Injectable } from '@nestjs/common';
import { Capability, type TokenId, TokenTarget, type UserId } from '@bailiwick/contract';
import { type EntityManager, IsNull, LessThan } from 'typeorm';
import * as z from 'zod';
import { Database } from '../../kernel/database/database.js';
import { AccountsStore, type Holder, holderBy, HOLDERS } from './accounts.store.js';
import { ApiToken } from './api-token.entity.js';

const epochMs = z.coerce.number();
/** A word that left the vocabulary allows nothing. */
const listIn = <Item>(item: z.ZodType<Item>) =>
  z.string().transform((json) =>
    z
      .array(z.unknown())
      .parse(JSON.parse(json))
      .flatMap((each) => item.safeParse(each).data ?? []),
  );
const TokenAt = z.object({
  id: z.custom<TokenId>((value) => typeof value === 'string'),
  capabilities: listIn(Capability),
  targets: z.string().transform((json) => z.array(TokenTarget).parse(JSON.parse(json))),
  grave: z.coerce.boolean(),
  expiresAt: epochMs,
  lastUsedAt: epochMs.nullable(),
});
/** A token and whose it is. */
export type TokenOfUser = z.infer<typeof TokenAt> & Holder;

const lookBy = (
  column: 'tokenHash' | 'id',
): string => `SELECT c."id", c."capabilities", c."targets", c."grave", c."expiresAt", c."lastUsedAt", ${holderBy('')}
  FROM "api_tokens" c ${HOLDERS} WHERE c."${column}" = ?`;

@Injectable()
export class TokensStore {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsStore,
  ) {}

  findByTokenHash(tokenHash: string): Promise<TokenOfUser | undefined> {
    return this.look('tokenHash', tokenHash);
  }

  findOfUser(id: TokenId): Promise<TokenOfUser | undefined> {
    return this.look('id', id);
  }

  /** Newest first. */
  of(userId: UserId, rows?: EntityManager): Promise<ApiToken[]> {
    const repository = rows?.getRepository(ApiToken) ?? this.database.repository(ApiToken);
    return repository.find({ where: { userId }, order: { createdAt: 'DESC', id: 'ASC' } });
  }

  async add(rows: EntityManager, token: ApiToken): Promise<void> {
    await rows.insert(ApiToken, token);
  }

  async remove(rows: EntityManager, id: TokenId): Promise<void> {
    await rows.delete(ApiToken, { id });
  }

  async forgetExpiredBefore(rows: EntityManager, before: number): Promise<void> {
    await rows.delete(ApiToken, { expiresAt: LessThan(before) });
  }

  /** Of several at once one writes. */
  async noteUse(rows: EntityManager, id: TokenId, use: { at: number; before: number; address: string }): Promise<void> {
    const { at: lastUsedAt, before, address: lastUsedAddress } = use;
    await rows.getRepository(ApiToken).update(
      [
        { id, lastUsedAt: IsNull() },
        { id, lastUsedAt: LessThan(before) },
      ],
      { lastUsedAt, lastUsedAddress },
    );
  }

  private async look(column: 'tokenHash' | 'id', value: string): Promise<TokenOfUser | undefined> {
    const [row] = await this.database.read(lookBy(column), [value]);
    if (row === undefined) return undefined;
    const holder = await this.accounts.holderIn(row);
    return holder && { ...TokenAt.parse(row), ...holder };
  }
}
