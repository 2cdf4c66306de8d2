import { Injectable } from '@nestjs/common';
import type { DraftId, DraftSummary, LookForHolders, PrincipalList, TenantId, UserId } from '@bailiwick/contract';
import { onTenant } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Database } from '../../kernel/database/database.js';
import { invalid } from '../../kernel/errors.js';
import { isFoundBy, toChoosableUser } from '../access/choices.rules.js';
import { PrincipalsService } from '../access/principals.service.js';
import type { DraftRow } from './draft.entity.js';
import { DraftsStore } from './drafts.store.js';

const MOST_SHOWN = 50;
type Person = DraftSummary['owner'];

/** Who goes on with a draft beside its owner: people of one tenant who may deploy what it is of, for as long as they and its owner may. */
@Injectable()
export class DraftSharingService {
  constructor(
    private readonly access: AccessService,
    private readonly database: Database,
    private readonly drafts: DraftsStore,
    private readonly principals: PrincipalsService,
  ) {}

  /** Whom it could be shared with. */
  async choose(owner: Actor, row: DraftRow, { q }: LookForHolders): Promise<PrincipalList> {
    const found = (await this.candidates(owner, row))
      .map(toChoosableUser)
      .filter((person) => isFoundBy(person, q))
      .sort((one, other) => one.name.localeCompare(other.name));
    return { items: found.slice(0, MOST_SHOWN), more: Math.max(0, found.length - MOST_SHOWN), roles: [] };
  }

  /** With them and nobody else. */
  async share(owner: Actor, row: DraftRow, people: readonly UserId[]): Promise<void> {
    if (people.length > 0) this.requireDeploy(owner, row);
    const candidates = new Set((await this.candidates(owner, row)).map(({ userId }) => userId));
    const issues = people.flatMap(
      (id, index) =>
      candidates.has(id)
        ? []
        : [{ path: `people.${index}`, code: 'may_not_deploy', message: 'Nobody of this id in your tenant may deploy this.' }], // prettier-ignore
    );
    if (issues.length > 0) throw invalid(issues);
    await this.database.transaction((rows) => this.drafts.share(rows, row.id, [...new Set(people)], owner.tenantId));
  }

  /** Those of others that somebody may go on with now. */
  async sharedWith(reader: Actor, after: number): Promise<DraftRow[]> {
    const rows = await this.drafts.shared(reader.userId, reader.tenantId, after);
    const reached = await Promise.all(rows.map((row) => this.standsFor(reader, row)));
    return rows.filter((_, index) => reached[index]);
  }

  async reaches(reader: Actor, row: DraftRow): Promise<boolean> {
    const isShared = await this.drafts.isSharedWith(row.id, reader.userId, reader.tenantId);
    return isShared && (await this.standsFor(reader, row));
  }

  /** Whose each is, and with whom those of the asker are shared. */
  async peopleOf(
    asker: Actor,
    rows: readonly DraftRow[],
  ): Promise<(row: DraftRow) => Pick<DraftSummary, 'owner' | 'sharedWith'>> {
    // prettier-ignore
    const own = rows.filter(({ ownerId }) => ownerId === asker.userId).map(({ id }) => id);
    const shares = own.length > 0 ? await this.drafts.people(own) : [];
    const ids = [...rows.map(({ ownerId }) => ownerId), ...shares.map(({ userId }) => userId)];
    const nameOf = await this.principals.namesOf(ids.map((id) => ({ kind: 'user' as const, id })));
    const person = (id: UserId): Person => ({ id, displayName: nameOf({ kind: 'user', id }) ?? '' });
    const sharedWith = (id: DraftId) =>
      shares
        .filter(({ draftId }) => draftId === id)
        .map(({ userId }) => person(userId))
        .sort((one, other) => one.displayName.localeCompare(other.displayName));
    return ({ id, ownerId }) => ({ owner: person(ownerId), sharedWith: sharedWith(id) });
  }

  private async candidates(owner: Actor, row: DraftRow) {
    const people = [...(await this.principals.inTenant(owner.tenantId)).values()];
    return people.filter((person) => person.userId !== row.ownerId && this.mayDeploy(person, row));
  }

  /** Whoever of the two is gone, elsewhere or not let deploy any more ends it. */
  private async standsFor(reader: Actor, row: DraftRow): Promise<boolean> {
    if (!this.mayDeploy(reader, row)) return false;
    const owner = await this.principals.find(row.ownerId);
    return owner !== undefined && isOf(owner, reader.tenantId) && this.mayDeploy(owner, row);
  }

  private mayDeploy(person: Actor, row: DraftRow): boolean {
    if (!person.active || !this.access.allows(person, 'containers.create', null)) return false;
    return row.preset !== null || this.access.allows(person, 'containers.createAny', onTenant(person.tenantId));
  }

  private requireDeploy(owner: Actor, row: DraftRow): void {
    this.access.require(owner, 'containers.create', null);
    if (row.preset === null) this.access.require(owner, 'containers.createAny', onTenant(owner.tenantId));
  }
}

const isOf = ({ tenantId }: Actor, wanted: TenantId): boolean => tenantId === wanted;
