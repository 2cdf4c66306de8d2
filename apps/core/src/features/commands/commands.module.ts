import { Module } from '@nestjs/common';
import { AuditModule } from '../../foundation/audit/audit.module.js';
import { ContainersModule } from '../containers/containers.module.js';
import { CommandsController } from './commands.controller.js';
import { CommandsService } from './commands.service.js';

@Module({
  imports: [AuditModule, ContainersModule],
  controllers: [CommandsController],
  providers: [CommandsService],
})
export class CommandsModule {}
