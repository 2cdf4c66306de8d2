import { Controller, Get, Param, Query } from '@nestjs/common';
import { ContainerId, FilesFound, FindFiles } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Left } from '../../kernel/http/left.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { SearchesService } from './searches.service.js';

@Controller('containers/:id/files/searches')
export class SearchesController {
  constructor(private readonly searches: SearchesService) {}

  @Get()
  @Allow('files.list')
  @Returns(FilesFound)
  find(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: FindFiles }) query: FindFiles,
    @Left() left: AbortSignal,
  ): Promise<FilesFound> {
    return this.searches.find(actor, id, query, left);
  }
}
