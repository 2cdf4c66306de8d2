import { Module } from '@nestjs/common';
import { LogFollowService } from './log-follow.service.js';
import { LogRightsService } from './log-rights.service.js';
import { LogsController } from './logs.controller.js';
import { LogsService } from './logs.service.js';

@Module({ controllers: [LogsController], providers: [LogsService, LogRightsService, LogFollowService] })
export class LogsModule {}
