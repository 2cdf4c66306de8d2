import { Module } from '@nestjs/common';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { AccessFeature } from '../access/access.module.js';
import { TeamsController } from './teams.controller.js';
import { TeamsService } from './teams.service.js';
import { TeamsStore } from './teams.store.js';

@Module({
  imports: [AccessFeature, AuditModule],
  controllers: [TeamsController],
  providers: [TeamsService, TeamsStore],
  exports: [TeamsService],
})
export class TeamsModule {}
