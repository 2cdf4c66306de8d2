import { Module } from '@nestjs/common';
import { EnvironmentsModule } from '../../foundation/environments/environments.module.js';
import { ImageChecksService } from './image-checks.service.js';

@Module({
  imports: [EnvironmentsModule],
  providers: [ImageChecksService],
  exports: [ImageChecksService],
})
export class ImagesModule {}
