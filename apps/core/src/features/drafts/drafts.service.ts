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
  type LookForHolders,
  MOST_DRAFTS,
  type PrincipalList,
  type ShareDraft,
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
import { DraftSharingService } from './draft-sharing.service.js';
import { DraftsStore } from './drafts.store.js';

const PURPOSE = 'drafts';
const Content = z.record(z.string(), z.unknown());

/** Deployments somebody has begun, theirs and those they share. Nobody else sees them, not even whoever looks through their eyes. */
@Injectable()
export class DraftsService {
  constructor(
    private readonly access: AccessService,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly drafts: DraftsStore,
    private readonly sharing: DraftSharingService,
    private readonly key: SecretKey,
  ) {}

  async list(actor: Actor): Promise<DraftList> {
    this.assertOwn(actor);
    const own = await this.drafts.list(actor.userId, this.keptSince());
    const rows = [...own, ...(await this.sharing.sharedWith(actor, this.keptSince()))];
    const peopleOf = await this.sharing.peopleOf(actor, rows);
    const items = rows.map((row) => ({ ...toSummary(row), ...peopleOf(row) }));
    return { items, version: createHash('sha256').update(JSON.stringify(items)).digest('base64url').slice(0, 16) };
  }

  async get(actor: Actor, id: DraftId): Promise<Draft> {
    this.assertOwn(actor);
    const row = await this.find(actor, id);
    return { ...(await this.summary(actor, row)), content: this.open(row) };
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
    return { ...(await this.summary(actor, row)), content };
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
    return { ...(await this.summary(actor, row)), content };
  }

  /** Its owner ends it; whoever it is shared with only leaves it. */
  async delete(actor: Actor, id: DraftId): Promise<void> {
    this.assertOwn(actor);
    const { ownerId } = await this.find(actor, id);
    await this.database.transaction((rows) =>
      ownerId === actor.userId ? this.drafts.remove(rows, ownerId, id) : this.drafts.leave(rows, id, actor.userId),
    );
  }

  async choosePeople(actor: Actor, id: DraftId, question: LookForHolders): Promise<PrincipalList> {
    this.assertOwn(actor);
    return this.sharing.choose(actor, await this.findOwn(actor, id), question);
  }

  async share(actor: Actor, id: DraftId, { people }: ShareDraft): Promise<DraftSummary> {
    this.assertOwn(actor);
    const row = await this.findOwn(actor, id);
    await this.sharing.share(actor, row, people);
    return this.summary(actor, row);
  }

  /** In the transaction that ends a deployment: what was drafted is done. */
  async finish(rows: EntityManager, userId: UserId, id: DraftId | undefined): Promise<void> {
    if (id !== undefined) await this.drafts.removeDone(rows, userId, id);
  }

  purge(): Promise<void> {
    return this.drafts.purge(this.keptSince());
  }

  private assertOwn(actor: Actor): void {
    this.access.require(actor, 'account.manage', null);
    assertInPerson(actor);
  }

  private async find(actor: Actor, id: DraftId): Promise<DraftRow> {
    const row = await this.drafts.find(id, this.keptSince());
    if (!row || (row.ownerId !== actor.userId && !(await this.sharing.reaches(actor, row))))
      throw notFound('draft', id);
    return row;
  }

  private async findOwn(actor: Actor, id: DraftId): Promise<DraftRow> {
    const row = await this.drafts.find(id, this.keptSince());
    if (row?.ownerId !== actor.userId) throw notFound('draft', id);
    return row;
  }

  private async summary(actor: Actor, row: DraftRow): Promise<DraftSummary> {
    const peopleOf = await this.sharing.peopleOf(actor, [row]);
    return { ...toSummary(row), ...peopleOf(row) };
  }

  private keptSince(): number {
    return this.clock.now() - DRAFT_KEPT_MS;
  }

  private open(row: DraftRow): Draft['content'] {
    return Content.parse(JSON.parse(this.key.open(PURPOSE, row.id, row.sealed)));
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

const toSummary = ({
  id,
  preset,
  title,
  name,
  version,
  savedAt,
}: DraftRow): Omit<DraftSummary, 'owner' | 'sharedWith'> => ({
  id,
  preset,
  title,
  name,
  version,
  savedAt: toIso(savedAt),
  expiresAt: toIso(savedAt + DRAFT_KEPT_MS),
});
