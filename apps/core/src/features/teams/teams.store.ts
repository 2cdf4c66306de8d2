import { Injectable } from '@nestjs/common';
import type { TeamId, TenantId, UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { TeamMemberRow } from '../../foundation/access/team-member.entity.js';
import { TeamRow } from '../../foundation/access/team.entity.js';
import { Database } from '../../kernel/database/database.js';

@Injectable()
export class TeamsStore {
  constructor(private readonly database: Database) {}

  all(): Promise<TeamRow[]> {
    return this.database.repository(TeamRow).find({ order: { name: 'ASC' } });
  }

  find(id: TeamId): Promise<TeamRow | null> {
    return this.database.repository(TeamRow).findOneBy({ id });
  }

  isNamed(rows: EntityManager, tenantId: TenantId, nameKey: string): Promise<boolean> {
    return rows.existsBy(TeamRow, { tenantId, nameKey });
  }

  async put(rows: EntityManager, team: TeamRow, members: readonly UserId[]): Promise<void> {
    await rows.upsert(TeamRow, team, ['id']);
    await rows.delete(TeamMemberRow, { teamId: team.id });
    if (members.length > 0)
      await rows.insert(
        TeamMemberRow,
        members.map((userId) => ({ teamId: team.id, userId })),
      );
  }

  async remove(rows: EntityManager, id: TeamId): Promise<void> {
    await rows.delete(TeamRow, { id });
  }
}
