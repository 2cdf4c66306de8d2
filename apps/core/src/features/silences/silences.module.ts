import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { AccessFeature } from '../access/access.module.js';
import { SilenceRow } from './silence.entity.js';
import { SilenceBook } from './silence-book.service.js';
import { SilencesController } from './silences.controller.js';
import { SilencesService } from './silences.service.js';
import { SilencesStore } from './silences.store.js';

@Module({
  imports: [TypeOrmModule.forFeature([SilenceRow]), AccessFeature, AuditModule],
  controllers: [SilencesController],
  providers: [SilenceBook, SilencesService, SilencesStore],
  exports: [SilenceBook],
})
export class SilencesModule {}
