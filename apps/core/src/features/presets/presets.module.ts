import { Module } from '@nestjs/common';
import { PresetsFolder } from './presets-folder.driver.js';
import { PresetsController } from './presets.controller.js';
import { PresetsService } from './presets.service.js';

@Module({
  controllers: [PresetsController],
  providers: [PresetsFolder, PresetsService],
  exports: [PresetsService],
})
export class PresetsModule {}
