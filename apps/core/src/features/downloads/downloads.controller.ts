import { Controller, Get, Headers, Param, Query, Res, type StreamableFile } from '@nestjs/common';
import { ContainerId, DownloadFile } from '@bailiwick/contract';
import type { Response } from 'express';
import type { Credentials } from '../../foundation/access/actor-resolver.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { ReturnsBytes } from '../../kernel/http/returns.decorator.js';
import { DownloadsService } from './downloads.service.js';

@Controller('containers/:id/files/download')
export class DownloadsController {
  constructor(private readonly downloads: DownloadsService) {}

  @Get()
  @Allow('files.download')
  @ReturnsBytes()
  async send(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: DownloadFile }) query: DownloadFile,
    @Headers() headers: Credentials & Readonly<Record<string, string | undefined>>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const asked = { credentials: headers, range: headers['range'], ifRange: headers['if-range'] };
    const sent = await this.downloads.send(actor, id, query, asked);
    response.status(sent.status).set(sent.headers);
    return sent.body;
  }
}
