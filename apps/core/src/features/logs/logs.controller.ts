import { Controller, Get, Headers, Param, Query, type StreamableFile } from '@nestjs/common';
import { ContainerId, DownloadLogs, LogPage, ReadLogs } from '@bailiwick/contract';
import type { Credentials } from '../../foundation/access/actor-resolver.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsText } from '../../kernel/http/returns.decorator.js';
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
  @ReturnsText()
  download(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: DownloadLogs }) query: DownloadLogs,
    @Headers() credentials: Credentials,
  ): Promise<StreamableFile> {
    return this.logs.download(actor, id, query, credentials);
  }
}
