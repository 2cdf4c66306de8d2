import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type CreateDraft,
  type Draft,
  DRAFT_BYTES,
  DRAFT_KEPT_MS,
  type DraftId,
  type DraftList,
  type DraftSummary,
  MOST_DRAFTS,
  type UpdateDraft,
  type UserId,
} from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import * as z from 'zod';
import { AccessService } from '../../foundation/access/access.service.js';
import { type Actor, assertInPerson } from '../../foundation/access/actor.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { AppError, conflict, notFound } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { SecretKey } from '../../kernel/secret-key.js';
import type { DraftRow } from './draft.entity.js';
import { DraftsStore } from './drafts.store.js';

const PURPOSE = 'drafts';
const Content = z.record(z.string(), z.unknown());

/** Deployments somebody has begun. Nobody sees those of another person, not even whoever looks through their eyes. */
@Injectable()
export class DraftsService {
  constructor(
    private readonly access: AccessService,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly drafts: DraftsStore,
    private readonly key: SecretKey,
  ) {}

  async list(actor: Actor): Promise<DraftList> {
    this.assertOwn(actor);
    const items = (await this.drafts.list(actor.userId, this.keptSince())).map(toSummary);
    return { items, version: createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 16) };
  }

  async get(actor: Actor, id: DraftId): Promise<Draft> {
    this.assertOwn(actor);
    return this.toDraft(await this.find(actor, id));
  }

  async create(actor: Actor, { preset, title, name, content }: CreateDraft): Promise<Draft> {
    this.assertOwn(actor);
    const id = newId('dr');
    const sealed = this.seal(id, content);
    const row = { id, ownerId: actor.userId, preset, title, name, sealed, version: 1, savedAt: this.clock.now() };
    await this.database.transaction(async (rows) => {
      if ((await this.drafts.count(rows, actor.userId, this.keptSince())) >= MOST_DRAFTS)
        throw conflict('drafts_full', `Nobody keeps more than ${MOST_DRAFTS} drafts.`, {
          params: { limit: MOST_DRAFTS },
        });
      await this.drafts.insert(rows, row);
    });
    return { ...toSummary(row), content };
  }

  async update(actor: Actor, id: DraftId, { version, name, content }: UpdateDraft): Promise<Draft> {
    this.assertOwn(actor);
    const before = await this.find(actor, id);
    const sealed = this.seal(id, content);
    const row = { ...before, name, sealed, version: version + 1, savedAt: this.clock.now() };
    if (before.version !== version || !(await this.drafts.replace(row)))
      throw conflict('draft_changed', 'This draft was saved elsewhere meanwhile.', {
        params: { version: (await this.find(actor, id)).version },
      });
    return { ...toSummary(row), content };
  }

  async delete(actor: Actor, id: DraftId): Promise<void> {
    this.assertOwn(actor);
    await this.find(actor, id);
    await this.database.transaction((rows) => this.drafts.remove(rows, actor.userId, id));
  }

  /** In the transaction that ends a deployment: what was drafted is done. */
  async finish(rows: EntityManager, ownerId: UserId, id: DraftId | undefined): Promise<void> {
    if (id !== undefined) await this.drafts.remove(rows, ownerId, id);
  }

  purge(): Promise<void> {
    return this.drafts.purge(this.keptSince());
  }

  private assertOwn(actor: Actor): void {
    this.access.require(actor, 'account.manage', null);
    assertInPerson(actor);
  }

  private async find({ userId }: Actor, id: DraftId): Promise<DraftRow> {
    const row = await this.drafts.find(userId, id, this.keptSince());
    if (!row) throw notFound('draft', id);
    return row;
  }

  private keptSince(): number {
    return this.clock.now() - DRAFT_KEPT_MS;
  }

  private toDraft(row: DraftRow): Draft {
    return { ...toSummary(row), content: Content.parse(JSON.parse(this.key.open(PURPOSE, row.id, row.sealed))) };
  }

  private seal(id: DraftId, content: Draft['content']): string {
    const text = JSON.stringify(content);
    if (Buffer.byteLength(text) > DRAFT_BYTES)
      throw new AppError('too_large', 413, `A draft has at most ${DRAFT_BYTES} bytes.`, {
        params: { limitBytes: DRAFT_BYTES },
      });
    return this.key.seal(PURPOSE, id, text);
  }
}

const toSummary = ({ id, preset, title, name, version, savedAt }: DraftRow): DraftSummary => ({
  id,
  preset,
  title,
  name,
  version,
  savedAt: toIso(savedAt),
  expiresAt: toIso(savedAt + DRAFT_KEPT_MS),
});
