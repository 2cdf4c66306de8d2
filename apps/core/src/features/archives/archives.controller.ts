import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Accepted, ArchiveContent, ContainerId, LookIntoArchive, PackFiles, UnpackArchive } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { IdempotencyHeader } from '../../foundation/operations/idempotency-key.decorator.js';
import { Left } from '../../kernel/http/left.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { ArchivesService } from './archives.service.js';

@Controller('containers/:id/files')
export class ArchivesController {
  constructor(private readonly archives: ArchivesService) {}

  @Get('archive')
  @Allow('files.read')
  @Returns(ArchiveContent)
  look(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: LookIntoArchive }) query: LookIntoArchive,
    @Left() left: AbortSignal,
  ): Promise<ArchiveContent> {
    return this.archives.look(actor, id, query, left);
  }

  @Post('unpack')
  @Allow('files.write')
  @Returns(Accepted, 202)
  async unpack(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: UnpackArchive }) body: UnpackArchive,
    @IdempotencyHeader() key: string | undefined,
  ): Promise<Accepted> {
    return { operation: await this.archives.unpack(actor, id, body, key) };
  }

  @Post('pack')
  @Allow('files.write')
  @Returns(Accepted, 202)
  async pack(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: PackFiles }) body: PackFiles,
    @IdempotencyHeader() key: string | undefined,
  ): Promise<Accepted> {
    return { operation: await this.archives.pack(actor, id, body, key) };
  }
}
