import { Body, Controller, Delete, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { CreateTeam, ListTeams, TeamAnswer, TeamDetail, TeamId, TeamList, UpdateTeam } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { TeamsService } from './teams.service.js';

@Controller('teams')
export class TeamsController {
  constructor(private readonly teams: TeamsService) {}

  @Get()
  @Allow('teams.see')
  @Returns(TeamList)
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListTeams }) query: ListTeams,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.teams.list(actor, query), rightsVersion(actor)));
  }

  @Post()
  @Allow('teams.create')
  @Returns(TeamAnswer, 201)
  async create(@CurrentActor() actor: Actor, @Body({ schema: CreateTeam }) body: CreateTeam): Promise<TeamAnswer> {
    return { item: await this.teams.create(actor, body) };
  }

  @Get(':id')
  @Allow('teams.see')
  @Returns(TeamDetail)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: TeamId }) id: TeamId): Promise<TeamDetail> {
    return this.teams.detail(actor, id);
  }

  @Patch(':id')
  @Allow('teams.update')
  @Returns(TeamAnswer)
  async update(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: TeamId }) id: TeamId,
    @Body({ schema: UpdateTeam }) body: UpdateTeam,
  ): Promise<TeamAnswer> {
    return { item: await this.teams.update(actor, id, body) };
  }

  @Delete(':id')
  @Allow('teams.delete')
  @ReturnsNothing()
  delete(@CurrentActor() actor: Actor, @Param('id', { schema: TeamId }) id: TeamId): Promise<void> {
    return this.teams.delete(actor, id);
  }
}
