import { Module } from '@nestjs/common';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { EnvironmentsModule } from '../../foundation/environments/environments.module.js';
import { AccessController } from './access.controller.js';
import { AccessChangesService } from './access-changes.service.js';
import { AccessPlanService } from './access-plan.service.js';
import { CascadeService } from './cascade.service.js';
import { ChoicesService } from './choices.service.js';
import { DelegationService } from './delegation.service.js';
import { ExplainService } from './explain.service.js';
import { GainsService } from './gains.service.js';
import { GrantEndsService } from './grant-ends.service.js';
import { GrantsService } from './grants.service.js';
import { HandoversService } from './handovers.service.js';
import { PrincipalsService } from './principals.service.js';
import { ResourcesService } from './resources.service.js';
import { ViewsService } from './views.service.js';

@Module({
  imports: [AuditModule, EnvironmentsModule],
  controllers: [AccessController],
  providers: [
    AccessChangesService,
    AccessPlanService,
    CascadeService,
    ChoicesService,
    DelegationService,
    ExplainService,
    GainsService,
    GrantEndsService,
    GrantsService,
    HandoversService,
    PrincipalsService,
    ResourcesService,
    ViewsService,
  ],
  exports: [
    AccessChangesService,
    AccessPlanService,
    ChoicesService,
    DelegationService,
    GainsService,
    GrantsService,
    PrincipalsService,
    ResourcesService,
  ],
})
export class AccessFeature {}
