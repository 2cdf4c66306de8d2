import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { ContainerSettingsController } from './container-settings.controller.js';
import { ContainerSettingsRow } from './container-settings.entity.js';
import { ContainerSettingsService } from './container-settings.service.js';
import { ContainerSettingsStore } from './container-settings.store.js';

@Module({
  imports: [TypeOrmModule.forFeature([ContainerSettingsRow]), AuditModule, ContainersModule],
  controllers: [ContainerSettingsController],
  providers: [ContainerSettingsService, ContainerSettingsStore],
  exports: [ContainerSettingsService],
})
export class ContainerSettingsModule {}
