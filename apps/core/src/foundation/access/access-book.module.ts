import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessBook } from './access-book.js';
import { AccessService } from './access.service.js';
import { AccessStore } from './access.store.js';
import { GrantRow } from './grant.entity.js';
import { OpenStreams } from './open-streams.js';
import { ProjectRow } from './project.entity.js';
import { RoleCatalogue } from './role-catalogue.js';
import { RoleExceptionRow } from './role-exception.entity.js';
import { RoleRow } from './role.entity.js';
import { TeamMemberRow } from './team-member.entity.js';
import { TeamRow } from './team.entity.js';

const OFFERED = [AccessBook, AccessService, AccessStore, OpenStreams, RoleCatalogue];

/** What was handed on, and the rules that are asked about it. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([GrantRow, ProjectRow, RoleExceptionRow, RoleRow, TeamMemberRow, TeamRow])],
  providers: OFFERED,
  exports: OFFERED,
})
export class AccessBookModule {}
