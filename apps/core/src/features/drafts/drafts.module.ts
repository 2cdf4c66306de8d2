import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessFeature } from '../access/access.module.js';
import { DraftPersonRow } from './draft-person.entity.js';
import { DraftRow } from './draft.entity.js';
import { DraftSharingService } from './draft-sharing.service.js';
import { DraftsController } from './drafts.controller.js';
import { DraftsRetentionService } from './drafts-retention.service.js';
import { DraftsService } from './drafts.service.js';
import { DraftsStore } from './drafts.store.js';

@Module({
  imports: [TypeOrmModule.forFeature([DraftRow, DraftPersonRow]), AccessFeature],
  controllers: [DraftsController],
  providers: [DraftsService, DraftsStore, DraftSharingService, DraftsRetentionService],
  exports: [DraftsService],
})
export class DraftsModule {}
