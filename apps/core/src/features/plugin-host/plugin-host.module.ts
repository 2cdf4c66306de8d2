import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { EnvironmentsModule } from '../../foundation/environments/environments.module.js';
import { IdentityModule } from '../../foundation/identity/identity.module.js';
import { HostCalls } from './host-calls.service.js';
import { PluginEvents } from './plugin-events.service.js';
import { PluginHost } from './plugin-host.service.js';
import { PluginPeople } from './plugin-people.service.js';
import { PluginValueRow } from './plugin-value.entity.js';
import { PluginValuesStore } from './plugin-values.store.js';

@Module({
  imports: [TypeOrmModule.forFeature([PluginValueRow]), AuditModule, EnvironmentsModule, IdentityModule],
  providers: [HostCalls, PluginEvents, PluginHost, PluginPeople, PluginValuesStore],
  exports: [PluginHost, PluginPeople],
})
export class PluginHostModule {} // prettier-ignore
