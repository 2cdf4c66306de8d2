import { Module } from '@nestjs/common';
import { OperationsModule } from '../../foundation/operations/operations.module.js';
import { AccessFeature } from '../access/access.module.js';
import { AccessRequestsModule } from '../access-requests/access-requests.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { EngineEventsModule } from '../engine-events/engine-events.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { PeopleModule } from '../people/people.module.js';
import { PluginsModule } from '../plugins/plugins.module.js';
import { ProjectsModule } from '../projects/projects.module.js';
import { RolesModule } from '../roles/roles.module.js';
import { TeamsModule } from '../teams/teams.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { LiveFeedsService } from './live-feeds.service.js';
import { LiveGateway } from './live.gateway.js';
import { LiveService } from './live.service.js';
import { LiveSocketsService } from './live-sockets.service.js';
import { SocketGateService } from './socket-gate.service.js';
import { StreamRightsService } from './stream-rights.service.js';

@Module({
  imports: [
    AccessFeature,
    AccessRequestsModule,
    AlertsModule,
    ContainersModule,
    EngineEventsModule,
    MetricsModule,
    OperationsModule,
    PeopleModule,
    PluginsModule,
    ProjectsModule,
    RolesModule,
    TeamsModule,
    TenantsModule,
  ],
  providers: [LiveFeedsService, LiveGateway, LiveService, LiveSocketsService, SocketGateService, StreamRightsService],
  exports: [LiveService, SocketGateService, StreamRightsService],
})
export class LiveModule {}
