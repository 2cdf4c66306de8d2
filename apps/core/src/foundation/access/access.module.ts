import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessBook } from './access-book.js';
import { AccessService } from './access.service.js';
import { AccessStore } from './access.store.js';
import { AllowGuard } from './allow.guard.js';
import { BootCheck } from './boot-check.js';
import { EntryPoints } from './entry-points.js';
import { ErrorFilter } from './error.filter.js';
import { GrantRow } from './grant.entity.js';
import { ProjectRow } from './project.entity.js';
import { OpenStreams } from './open-streams.js';
import { RoleCatalogue } from './role-catalogue.js';
import { RoleExceptionRow } from './role-exception.entity.js';
import { RoleRow } from './role.entity.js';
import { TeamMemberRow } from './team-member.entity.js';
import { TeamRow } from './team.entity.js';

@Global()
@Module({
  imports: [
    DiscoveryModule,
    TypeOrmModule.forFeature([GrantRow, ProjectRow, RoleExceptionRow, RoleRow, TeamMemberRow, TeamRow]),
  ],
  providers: [
    AccessBook,
    AccessService,
    AccessStore,
    EntryPoints,
    OpenStreams,
    BootCheck,
    RoleCatalogue,
    { provide: APP_GUARD, useClass: AllowGuard },
    { provide: APP_FILTER, useClass: ErrorFilter },
  ],
  exports: [AccessBook, AccessService, AccessStore, EntryPoints, OpenStreams, RoleCatalogue],
})
export class AccessModule {}
