import { Controller, Get, Headers, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiResponse } from '@nestjs/swagger';
import { ContainerId, DownloadLogs, LogPage, ReadLogs } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { LogsService } from './logs.service.js';

@Controller('containers/:id/logs')
export class LogsController {
  constructor(private readonly logs: LogsService) {}

  @Get()
  @Allow('containers.logs')
  @Returns(LogPage)
  page(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: ReadLogs }) query: ReadLogs,
  ): Promise<LogPage> {
    return this.logs.page(actor, id, query);
  }

  @Get('download')
  @Allow('containers.logsDownload')
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200, description: 'The log as a file.', schema: { type: 'string' } })
  download(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: DownloadLogs }) query: DownloadLogs,
    @Headers('cookie') cookie: string | undefined,
  ): Promise<StreamableFile> {
    return this.logs.download(actor, id, query, cookie);
  }
}
