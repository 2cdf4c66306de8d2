import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import {
  Accepted,
  CreateUser,
  DeleteUser,
  DeleteUserPreview,
  ImportReport,
  ImportUsers,
  ListUsers,
  MoveUser,
  UpdateUser,
  UserAnswer,
  UserId,
  UserList,
} from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { IdempotencyHeader } from '../../foundation/operations/idempotency-key.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { PeopleService } from './people.service.js';
import { PeopleImportService } from './people-import.service.js';
import { PeopleListService } from './people-list.service.js';
import { PeopleMovesService } from './people-moves.service.js';

@Controller('users')
export class PeopleController {
  constructor(
    private readonly people: PeopleService,
    private readonly lists: PeopleListService,
    private readonly moves: PeopleMovesService,
    private readonly imports: PeopleImportService,
  ) {}

  @Get()
  @Allow('people.see')
  @Returns(UserList)
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListUsers }) query: ListUsers,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.lists.list(actor, query), rightsVersion(actor)));
  }

  @Post()
  @Allow('people.create')
  @Returns(UserAnswer, 201)
  async create(@CurrentActor() actor: Actor, @Body({ schema: CreateUser }) body: CreateUser): Promise<UserAnswer> {
    return { item: await this.people.create(actor, body) };
  }

  /** Says what would happen unless `dryRun` is false. */
  @Post('import')
  @Allow('people.create')
  @HttpCode(200)
  @Returns(ImportReport)
  import(@CurrentActor() actor: Actor, @Body({ schema: ImportUsers }) body: ImportUsers): Promise<ImportReport> {
    return this.imports.import(actor, body);
  }

  @Get(':id')
  @Allow('people.see')
  @Returns(UserAnswer)
  async get(@CurrentActor() actor: Actor, @Param('id', { schema: UserId }) id: UserId): Promise<UserAnswer> {
    return { item: await this.people.get(actor, id) };
  }

  @Patch(':id')
  @Allow('people.update')
  @Returns(UserAnswer)
  async update(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: UserId }) id: UserId,
    @Body({ schema: UpdateUser }) body: UpdateUser,
  ): Promise<UserAnswer> {
    return { item: await this.people.update(actor, id, body) };
  }

  @Post(':id/move')
  @Allow('people.move')
  @Returns(Accepted, 202)
  async move(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: UserId }) id: UserId,
    @Body({ schema: MoveUser }) body: MoveUser,
    @IdempotencyHeader() key: string | undefined,
  ): Promise<Accepted> {
    return { operation: await this.moves.move(actor, id, body, key) };
  }

  @Get(':id/delete-preview')
  @Allow('people.delete')
  @Returns(DeleteUserPreview)
  previewDelete(@CurrentActor() actor: Actor, @Param('id', { schema: UserId }) id: UserId): Promise<DeleteUserPreview> {
    return this.people.previewDelete(actor, id);
  }

  @Delete(':id')
  @Allow('people.delete')
  @ReturnsNothing()
  delete(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: UserId }) id: UserId,
    @Body({ schema: DeleteUser }) body: DeleteUser,
  ): Promise<void> {
    return this.people.delete(actor, id, body);
  }
}
