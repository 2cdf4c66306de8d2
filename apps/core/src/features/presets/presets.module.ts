import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { ArchivedPresetRow } from './archived-preset.entity.js';
import { PresetEditingService } from './preset-editing.service.js';
import { PresetVersionRow } from './preset-version.entity.js';
import { PresetsFolder } from './presets-folder.driver.js';
import { PresetsController } from './presets.controller.js';
import { PresetsService } from './presets.service.js';
import { PresetsStore } from './presets.store.js';

@Module({
  imports: [TypeOrmModule.forFeature([ArchivedPresetRow, PresetVersionRow]), AuditModule],
  controllers: [PresetsController],
  providers: [PresetsFolder, PresetsService, PresetEditingService, PresetsStore],
  exports: [PresetsService],
})
export class PresetsModule {}
