import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ContainerId, FileContent, FileList, FileWritten, ListFiles, ReadFile, WriteFile } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { FilesService } from './files.service.js';

@Controller('containers/:id/files')
export class FilesController {
  constructor(private readonly files: FilesService) {}

  @Get()
  @Allow('files.list')
  @Returns(FileList)
  list(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: ListFiles }) query: ListFiles,
  ): Promise<FileList> {
    return this.files.list(actor, id, query);
  }

  @Get('content')
  @Allow('files.read')
  @Returns(FileContent)
  read(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: ReadFile }) query: ReadFile,
  ): Promise<FileContent> {
    return this.files.read(actor, id, query);
  }

  @Put('content')
  @Allow('files.write')
  @Returns(FileWritten)
  write(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: WriteFile }) body: WriteFile,
  ): Promise<FileWritten> {
    return this.files.write(actor, id, body);
  }
}
