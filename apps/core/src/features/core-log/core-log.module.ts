import { Module } from '@nestjs/common';
import { CoreLogController } from './core-log.controller.js';
import { CoreLogService } from './core-log.service.js';

@Module({ controllers: [CoreLogController], providers: [CoreLogService] })
export class CoreLogModule {}
