import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import {
  CreateProject,
  LinkContainers,
  Linked,
  ListProjects,
  ProjectAnswer,
  ProjectId,
  ProjectList,
  UpdateProject,
} from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { ProjectLinksService } from './project-links.service.js';
import { ProjectsService } from './projects.service.js';

@Controller('projects')
export class ProjectsController {
  constructor(
    private readonly projects: ProjectsService,
    private readonly links: ProjectLinksService,
  ) {}

  @Get()
  @Allow('projects.see')
  @Returns(ProjectList)
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListProjects }) query: ListProjects,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.projects.list(actor, query), rightsVersion(actor)));
  }

  @Post()
  @Allow('projects.create')
  @Returns(ProjectAnswer, 201)
  async create(
    @CurrentActor() actor: Actor,
    @Body({ schema: CreateProject }) body: CreateProject,
  ): Promise<ProjectAnswer> {
    return { item: await this.projects.create(actor, body) };
  }

  @Get(':id')
  @Allow('projects.see')
  @Returns(ProjectAnswer)
  async get(@CurrentActor() actor: Actor, @Param('id', { schema: ProjectId }) id: ProjectId): Promise<ProjectAnswer> {
    return { item: await this.projects.get(actor, id) };
  }

  @Patch(':id')
  @Allow('projects.update')
  @Returns(ProjectAnswer)
  async update(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ProjectId }) id: ProjectId,
    @Body({ schema: UpdateProject }) body: UpdateProject,
  ): Promise<ProjectAnswer> {
    return { item: await this.projects.update(actor, id, body) };
  }

  @Post(':id/archive')
  @Allow('projects.archive')
  @Returns(ProjectAnswer)
  async archive(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ProjectId }) id: ProjectId,
  ): Promise<ProjectAnswer> {
    return { item: await this.projects.archive(actor, id) };
  }

  @Post(':id/restore')
  @Allow('projects.archive')
  @Returns(ProjectAnswer)
  async restore(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ProjectId }) id: ProjectId,
  ): Promise<ProjectAnswer> {
    return { item: await this.projects.restore(actor, id) };
  }

  @Post(':id/containers/link')
  @Allow('projects.link')
  @Returns(Linked)
  link(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ProjectId }) id: ProjectId,
    @Body({ schema: LinkContainers }) body: LinkContainers,
  ): Promise<Linked> {
    return this.links.link(actor, id, body);
  }

  @Post(':id/containers/unlink')
  @Allow('projects.link')
  @Returns(Linked)
  unlink(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ProjectId }) id: ProjectId,
    @Body({ schema: LinkContainers }) body: LinkContainers,
  ): Promise<Linked> {
    return this.links.unlink(actor, id, body);
  }
}
