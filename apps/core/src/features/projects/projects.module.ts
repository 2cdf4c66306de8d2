import { Module } from '@nestjs/common';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { EnvironmentsModule } from '../../foundation/environments/environments.module.js';
import { AccessFeature } from '../access/access.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { ProjectLinksService } from './project-links.service.js';
import { ProjectsController } from './projects.controller.js';
import { ProjectsService } from './projects.service.js';
import { ProjectsStore } from './projects.store.js';

@Module({
  imports: [AccessFeature, AuditModule, EnvironmentsModule, QuotasModule],
  controllers: [ProjectsController],
  providers: [ProjectLinksService, ProjectsService, ProjectsStore],
  exports: [ProjectLinksService, ProjectsService],
})
export class ProjectsModule {}
