import { Module } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { AccessFeature } from './features/access/access.module.js';
import { AccessRequestsModule } from './features/access-requests/access-requests.module.js';
import { AdviceModule } from './features/advice/advice.module.js';
import { AlertsModule } from './features/alerts/alerts.module.js';
import { CertificatesModule } from './features/certificates/certificates.module.js';
import { ChannelsModule } from './features/channels/channels.module.js';
import { AuditFeature } from './features/audit/audit.module.js';
import { ApiDescriptionModule } from './features/api-description/api-description.module.js';
import { BlackBoxesModule } from './features/black-boxes/black-boxes.module.js';
import { CommandsModule } from './features/commands/commands.module.js';
import { BinModule } from './features/bin/bin.module.js';
import { ConfigurationsModule } from './features/configurations/configurations.module.js';
import { ContainerSettingsModule } from './features/container-settings/container-settings.module.js';
import { ContainersModule } from './features/containers/containers.module.js';
import { CoreLogModule } from './features/core-log/core-log.module.js';
import { EnvironmentsFeature } from './features/environments/environments.module.js';
import { EventsModule } from './features/events/events.module.js';
import { FilesModule } from './features/files/files.module.js';
import { HealthModule } from './features/health/health.module.js';
import { IdentityFeature } from './features/identity/identity.module.js';
import { InstallerModule } from './features/installer/installer.module.js';
import { LiveModule } from './features/live/live.module.js';
import { KeptLogsModule } from './features/kept-logs/kept-logs.module.js';
import { LogsModule } from './features/logs/logs.module.js';
import { MetricsModule } from './features/metrics/metrics.module.js';
import { DownloadsModule } from './features/downloads/downloads.module.js';
import { DashboardsModule } from './features/dashboards/dashboards.module.js';
import { DiagnosticsModule } from './features/diagnostics/diagnostics.module.js';
import { DraftsModule } from './features/drafts/drafts.module.js';
import { DeploymentsModule } from './features/deployments/deployments.module.js';
import { OperationsFeature } from './features/operations/operations.module.js';
import { PasskeysModule } from './features/passkeys/passkeys.module.js';
import { MailFeature } from './features/mail/mail.module.js';
import { InvitationsModule } from './features/invitations/invitations.module.js';
import { PasswordResetsModule } from './features/password-resets/password-resets.module.js';
import { PeopleModule } from './features/people/people.module.js';
import { PinsModule } from './features/pins/pins.module.js';
import { PresetsModule } from './features/presets/presets.module.js';
import { PluginsModule } from './features/plugins/plugins.module.js';
import { PluginActionsModule } from './features/plugin-actions/plugin-actions.module.js';
import { PluginUsersModule } from './features/plugin-users/plugin-users.module.js';
import { ProjectsModule } from './features/projects/projects.module.js';
import { QuotasModule } from './features/quotas/quotas.module.js';
import { RolesModule } from './features/roles/roles.module.js';
import { SessionsModule } from './features/sessions/sessions.module.js';
import { StatisticsModule } from './features/statistics/statistics.module.js';
import { TeamsModule } from './features/teams/teams.module.js';
import { TerminalsModule } from './features/terminals/terminals.module.js';
import { ThresholdsModule } from './features/thresholds/thresholds.module.js';
import { TelemetryModule } from './features/telemetry/telemetry.module.js';
import { TenantsModule } from './features/tenants/tenants.module.js';
import { TwoFactorModule } from './features/two-factor/two-factor.module.js';
import { UploadsModule } from './features/uploads/uploads.module.js';
import { VolumesModule } from './features/volumes/volumes.module.js';
import { TokensModule } from './features/tokens/tokens.module.js';
import { AccessModule } from './foundation/access/access.module.js';
import { ArchivesModule } from './features/archives/archives.module.js';
import { AuditModule } from './foundation/audit/audit.module.js';
import { IdentityModule } from './foundation/identity/identity.module.js';
import { MailModule } from './foundation/mail/mail.module.js';
import { EnvironmentsModule } from './foundation/environments/environments.module.js';
import { OperationsModule } from './foundation/operations/operations.module.js';
import { ObservabilityModule } from './features/observability/observability.module.js';
import { SearchesModule } from './features/searches/searches.module.js';
import { ValidationPipe } from './kernel/http/validation.pipe.js';
import { KernelModule } from './kernel/kernel.module.js';

/** The table of contents. */
@Module({
  imports: [
    KernelModule,
    AccessModule,
    IdentityModule,
    AuditModule,
    MailModule,
    IdentityFeature,
    AuditFeature,
    PeopleModule,
    MailFeature,
    PasswordResetsModule,
    InvitationsModule,
    SessionsModule,
    TwoFactorModule,
    TokensModule,
    InstallerModule,
    PasskeysModule,
    TenantsModule,
    RolesModule,
    EnvironmentsModule,
    OperationsModule,
    ObservabilityModule,
    TelemetryModule,
    EnvironmentsFeature,
    ContainersModule,
    BinModule,
    ConfigurationsModule,
    ContainerSettingsModule,
    CommandsModule,
    FilesModule,
    DownloadsModule,
    SearchesModule,
    UploadsModule,
    ArchivesModule,
    AccessFeature,
    AccessRequestsModule,
    StatisticsModule,
    TeamsModule,
    ProjectsModule,
    QuotasModule,
    PinsModule,
    PluginsModule,
    PluginActionsModule,
    PluginUsersModule,
    PresetsModule,
    DeploymentsModule,
    DashboardsModule,
    DiagnosticsModule,
    DraftsModule,
    VolumesModule,
    OperationsFeature,
    AdviceModule,
    AlertsModule,
    ThresholdsModule,
    CertificatesModule,
    BlackBoxesModule,
    ChannelsModule,
    LiveModule,
    EventsModule,
    LogsModule,
    KeptLogsModule,
    MetricsModule,
    TerminalsModule,
    CoreLogModule,
    HealthModule,
    ApiDescriptionModule,
  ],
  providers: [{ provide: APP_PIPE, useClass: ValidationPipe }],
})
export class AppModule {}
