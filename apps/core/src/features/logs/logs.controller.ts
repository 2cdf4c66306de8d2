import { Controller, Get, Headers, Param, Query, type StreamableFile } from '@nestjs/common';
import {
  ContainerId,
  DownloadLogs,
  LogMatches,
  LogPage,
  LogTriggerList,
  ReadLogs,
  SearchLogs,
} from '@bailiwick/contract';
import type { Credentials } from '../../foundation/access/actor-resolver.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Left } from '../../kernel/http/left.decorator.js';
import { Returns, ReturnsText } from '../../kernel/http/returns.decorator.js';
import { LogSearchService } from './log-search.service.js';
import { LogTriggersService } from './log-triggers.service.js';
import { LogsService } from './logs.service.js';

@Controller('containers/:id/logs')
export class LogsController {
  constructor(
    private readonly logs: LogsService,
    private readonly triggers: LogTriggersService,
    private readonly searches: LogSearchService,
  ) {}

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

  @Get('triggers')
  @Allow('containers.logs')
  @Returns(LogTriggerList)
  seeTriggers(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
  ): Promise<LogTriggerList> {
    return this.triggers.see(actor, id);
  }

  @Get('matches')
  @Allow('containers.logs')
  @Returns(LogMatches)
  search(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: SearchLogs }) query: SearchLogs,
    @Left() left: AbortSignal,
  ): Promise<LogMatches> {
    return this.searches.step(actor, id, query, left);
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
