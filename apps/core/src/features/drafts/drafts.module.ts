import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DraftRow } from './draft.entity.js';
import { DraftsController } from './drafts.controller.js';
import { DraftsRetentionService } from './drafts-retention.service.js';
import { DraftsService } from './drafts.service.js';
import { DraftsStore } from './drafts.store.js';

@Module({
  imports: [TypeOrmModule.forFeature([DraftRow])],
  controllers: [DraftsController],
  providers: [DraftsService, DraftsStore, DraftsRetentionService],
  exports: [DraftsService],
})
export class DraftsModule {}
