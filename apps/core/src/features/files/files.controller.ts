import { Body, Controller, Delete, Get, Param, Post, Put, Query, UseInterceptors } from '@nestjs/common';
import {
  ChangeMode,
  ContainerId,
  DeletedFiles,
  DeleteFile,
  FileContent,
  FileDeleted,
  FileList,
  FileWritten,
  ListDeleted,
  ListFiles,
  MakeFolder,
  MOST_FILE_BYTES,
  MoveFile,
  PutBack,
  ReadFile,
  WriteFile,
} from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { largeJson } from '../../kernel/http/large-json.interceptor.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { FileChangesService } from './file-changes.service.js';
import { FilesService } from './files.service.js';

/** A file that is saved is one text of it, and may be twice as long with all that JSON escapes. */
const FILE_BODY_LIMIT = 2 * MOST_FILE_BYTES + 64 * 1024;

@Controller('containers/:id/files')
export class FilesController {
  constructor(
    private readonly files: FilesService,
    private readonly changes: FileChangesService,
  ) {}

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
  @UseInterceptors(largeJson(FILE_BODY_LIMIT))
  @Returns(FileWritten)
  write(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: WriteFile }) body: WriteFile,
  ): Promise<FileWritten> {
    return this.files.write(actor, id, body);
  }

  @Post('folders')
  @Allow('files.write')
  @ReturnsNothing()
  makeFolder(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: MakeFolder }) body: MakeFolder,
  ): Promise<void> {
    return this.changes.makeFolder(actor, id, body);
  }

  @Post('move')
  @Allow('files.write')
  @ReturnsNothing()
  move(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: MoveFile }) body: MoveFile,
  ): Promise<void> {
    return this.changes.move(actor, id, body);
  }

  @Post('copy')
  @Allow('files.write')
  @ReturnsNothing()
  copy(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: MoveFile }) body: MoveFile,
  ): Promise<void> {
    return this.changes.copy(actor, id, body);
  }

  @Delete()
  @Allow('files.delete')
  @Returns(FileDeleted)
  remove(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: DeleteFile }) query: DeleteFile,
  ): Promise<FileDeleted> {
    return this.changes.remove(actor, id, query);
  }

  @Get('deleted')
  @Allow('files.list')
  @Returns(DeletedFiles)
  deleted(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: ListDeleted }) query: ListDeleted,
  ): Promise<DeletedFiles> {
    return this.changes.deleted(actor, id, query);
  }

  @Post('deleted/put-back')
  @Allow('files.write')
  @ReturnsNothing()
  putBack(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: PutBack }) body: PutBack,
  ): Promise<void> {
    return this.changes.putBack(actor, id, body);
  }

  @Put('mode')
  @Allow('files.chmod')
  @ReturnsNothing()
  changeMode(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: ChangeMode }) body: ChangeMode,
  ): Promise<void> {
    return this.changes.changeMode(actor, id, body);
  }
}
