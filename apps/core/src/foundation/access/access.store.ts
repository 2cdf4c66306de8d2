import { Injectable } from '@nestjs/common';
import { Capability, type GrantId, GrantTarget, Principal, type UserId } from '@bailiwick/contract';
import { type EntityManager, In } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import type { AccessWrites } from './access-state.rules.js';
import { GrantRow } from './grant.entity.js';
import { ProjectRow } from './project.entity.js';
import { RoleExceptionRow } from './role-exception.entity.js';
import { RoleRow } from './role.entity.js';
import type { AccessState, KnownException, KnownGrant, KnownProject, KnownTeam } from './standing.js';
import { TeamMemberRow } from './team-member.entity.js';
import { TeamRow } from './team.entity.js';

/** Rows of what was handed on, as it is kept in memory. */
@Injectable()
export class AccessStore {
  constructor(private readonly database: Database) {}

  async load(): Promise<AccessState> {
    const [roles, teams, members, grants, exceptions, projects] = await Promise.all([
      this.database.repository(RoleRow).find(),
      this.database.repository(TeamRow).find(),
      this.database.repository(TeamMemberRow).find(),
      this.database.repository(GrantRow).find(),
      this.database.repository(RoleExceptionRow).find(),
      this.database.repository(ProjectRow).find(),
    ]);
    const ofContainers = new Map<RoleExceptionRow['containerId'], Map<string, KnownException>>();
    for (const row of exceptions) {
      const ofContainer = ofContainers.get(row.containerId) ?? new Map<string, KnownException>();
      ofContainers.set(row.containerId, ofContainer.set(row.role, toException(row)));
    }
    return {
      roles: new Map(roles.map(({ name, capabilities }) => [name, known(capabilities)])),
      teams: new Map(teams.map((row) => [row.id, toTeam(row, members)])),
      grants: new Map(grants.map((row) => [row.id, toGrant(row)])),
      exceptions: ofContainers,
      projects: new Map(projects.map((row) => [row.id, toProject(row)])),
    };
  }

  /** What the memory keeps of grants and exceptions; teams, projects and roles have more to them and are written by who knows it. */
  async write(rows: EntityManager, writes: AccessWrites): Promise<void> {
    const { dropGrants = [], putGrants = [], dropExceptions = [], putExceptions = [] } = writes;
    if (dropGrants.length > 0) await rows.delete(GrantRow, { id: In([...dropGrants]) });
    if (putGrants.length > 0) await rows.upsert(GrantRow, putGrants.map(toGrantRow), ['id']);
    for (const [containerId, role] of dropExceptions) await rows.delete(RoleExceptionRow, { containerId, role });
    for (const [containerId, role, exception] of putExceptions)
      await rows.upsert(RoleExceptionRow, toExceptionRow(containerId, role, exception), ['containerId', 'role']);
  }

  /** Grants whose end nobody wrote down yet. */
  async endedUnnoted(nowMs: number): Promise<GrantId[]> {
    const rows = await this.database
      .repository(GrantRow)
      .createQueryBuilder('g')
      .where('g."expiresAt" <= :nowMs AND g."endedAt" IS NULL', { nowMs })
      .getMany();
    return rows.map(({ id }) => id);
  }

  async noteEnded(rows: EntityManager, ids: readonly GrantId[], nowMs: number): Promise<void> {
    await rows.update(GrantRow, { id: In([...ids]) }, { endedAt: nowMs });
  }

  async forgetMember(rows: EntityManager, userId: UserId): Promise<void> {
    await rows.delete(TeamMemberRow, { userId });
  }
}

/** A word that no version of this core knows any more gives nothing. */
const known = (words: readonly string[]): ReadonlySet<Capability> =>
  new Set(words.flatMap((word) => Capability.safeParse(word).data ?? []));

const toTeam = ({ id, tenantId, name, priority }: TeamRow, members: readonly TeamMemberRow[]): KnownTeam => ({
  id,
  tenantId,
  name,
  priority,
  members: new Set(members.filter(({ teamId }) => teamId === id).map(({ userId }) => userId)),
});

export const toProject = ({ id, tenantId, name, ownerId, defaultRole, archivedAt }: ProjectRow): KnownProject => ({
  id,
  tenantId,
  name,
  ownerId,
  defaultRole,
  archived: archivedAt !== null,
});

const toException = ({
  allow,
  deny,
  updatedBy,
  updatedByName,
  byStaff,
  updatedAt,
  version,
}: RoleExceptionRow): KnownException => ({
  allow: known(allow),
  deny: known(deny),
  updatedBy,
  updatedByName,
  byStaff,
  updatedAtMs: updatedAt,
  version,
});

const toExceptionRow = (
  containerId: RoleExceptionRow['containerId'],
  role: string,
  { allow, deny, updatedAtMs, ...rest }: KnownException,
): RoleExceptionRow => ({ containerId, role, allow: [...allow], deny: [...deny], updatedAt: updatedAtMs, ...rest });

const toGrant = (row: GrantRow): KnownGrant => ({
  id: row.id,
  tenantId: row.tenantId,
  principal: Principal.parse({ kind: row.principalKind, id: row.principalId }),
  target: GrantTarget.parse({ kind: row.targetKind, id: row.targetId }),
  role: row.role,
  allow: known(row.allow),
  deny: known(row.deny),
  lent: row.lent.filter(({ capability }) => Capability.safeParse(capability).success),
  reason: row.reason,
  grantedBy: row.grantedBy,
  grantedByName: row.grantedByName,
  byStaff: row.byStaff,
  grantedAtMs: row.grantedAt,
  expiresAtMs: row.expiresAt,
  version: row.version,
});

const toGrantRow = ({
  principal,
  target,
  allow,
  deny,
  lent,
  grantedAtMs,
  expiresAtMs,
  ...rest
}: KnownGrant): GrantRow => ({
  ...rest,
  principalKind: principal.kind,
  principalId: principal.id,
  targetKind: target.kind,
  targetId: target.id,
  allow: [...allow],
  deny: [...deny],
  lent: [...lent],
  grantedAt: grantedAtMs,
  expiresAt: expiresAtMs,
  endedAt: null,
});
