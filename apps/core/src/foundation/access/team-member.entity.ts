import type { TeamId, UserId } from '@bailiwick/contract';
import { Entity, PrimaryColumn } from 'typeorm';

@Entity('team_members')
export class TeamMemberRow {
  @PrimaryColumn('varchar') teamId: TeamId;
  @PrimaryColumn('varchar') userId: UserId;
}
