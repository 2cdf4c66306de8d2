import { Controller, Get, Headers, Param, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import {
  ContainerId,
  DownloadLogs,
  KeptLogItem,
  KeptLogList,
  KeptLogPage,
  LogMatches,
  ReadLogs,
  SearchLogs,
} from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Credentials } from '../../foundation/access/actor-resolver.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsText } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { KeptLogsService } from './kept-logs.service.js';

@Controller('kept-logs')
export class KeptLogsController {
  constructor(private readonly logs: KeptLogsService) {}

  @Get()
  @Allow('containers.logs')
  @Returns(KeptLogList)
  async list(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.logs.list(actor), rightsVersion(actor)));
  }

  @Get(':id')
  @Allow('containers.logs')
  @Returns(KeptLogItem)
  see(@CurrentActor() actor: Actor, @Param('id', { schema: ContainerId }) id: ContainerId): Promise<KeptLogItem> {
    return this.logs.see(actor, id);
  }

  @Get(':id/lines')
  @Allow('containers.logs')
  @Returns(KeptLogPage)
  page(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: ReadLogs }) query: ReadLogs,
  ): Promise<KeptLogPage> {
    return this.logs.page(actor, id, query);
  }

  @Get(':id/matches')
  @Allow('containers.logs')
  @Returns(LogMatches)
  search(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: SearchLogs }) query: SearchLogs,
  ): Promise<LogMatches> {
    return this.logs.search(actor, id, query);
  }

  @Get(':id/download')
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
