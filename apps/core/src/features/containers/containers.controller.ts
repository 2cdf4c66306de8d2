import { Body, Controller, Delete, Get, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import {
  Accepted,
  AuditList,
  BulkContainers,
  ContainerAnswer,
  ContainerDetail,
  ContainerEnds,
  ContainerId,
  ContainerProcesses,
  ContainerList,
  DeleteContainer,
  DeleteInventory,
  KillContainer,
  ListActivity,
  ListContainers,
  RawInspect,
  RenameContainer,
  StopContainer,
} from '@bailiwick/contract';
import type { Request, Response } from 'express';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { IdempotencyHeader } from '../../foundation/operations/idempotency-key.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { ContainerListService } from './container-list.service.js';
import { ContainerOperations } from './container-operations.service.js';
import { ContainersService } from './containers.service.js';

@Controller('containers')
export class ContainersController {
  constructor(
    private readonly containers: ContainersService,
    private readonly containerList: ContainerListService,
    private readonly operations: ContainerOperations,
  ) {}

  @Get()
  @Allow('containers.see')
  @Returns(ContainerList)
  list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListContainers }) query: ListContainers,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return sendVersioned(request, response, this.containerList.page(actor, query));
  }

  @Get(':id')
  @Allow('containers.see')
  @Returns(ContainerDetail)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: ContainerId }) id: ContainerId): Promise<ContainerDetail> {
    return this.containers.detail(actor, id);
  }

  @Get(':id/processes')
  @Allow('containers.inspect')
  @Returns(ContainerProcesses)
  processes(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
  ): Promise<ContainerProcesses> {
    return this.containers.processes(actor, id);
  }

  @Get(':id/inspect')
  @Allow('containers.inspect')
  @Returns(RawInspect)
  inspect(@CurrentActor() actor: Actor, @Param('id', { schema: ContainerId }) id: ContainerId): Promise<RawInspect> {
    return this.containers.inspect(actor, id);
  }

  @Get(':id/ends')
  @Allow('containers.activity')
  @Returns(ContainerEnds)
  ends(@CurrentActor() actor: Actor, @Param('id', { schema: ContainerId }) id: ContainerId): Promise<ContainerEnds> {
    return this.containers.listEnds(actor, id);
  }

  @Get(':id/activity')
  @Allow('containers.activity')
  @Returns(AuditList)
  activity(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: ListActivity }) page: ListActivity,
  ): Promise<AuditList> {
    return this.containers.activity(actor, id, page);
  }

  @Post(':id/start')
  @Allow('containers.start')
  @Returns(ContainerAnswer)
  async start(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
  ): Promise<ContainerAnswer> {
    return { item: await this.containers.start(actor, id) };
  }

  @Post(':id/stop')
  @Allow('containers.stop')
  @Returns(ContainerAnswer)
  async stop(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: StopContainer }) body: StopContainer,
  ): Promise<ContainerAnswer> {
    return { item: await this.containers.stop(actor, id, body) };
  }

  @Post(':id/restart')
  @Allow('containers.restart')
  @Returns(ContainerAnswer)
  async restart(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: StopContainer }) body: StopContainer,
  ): Promise<ContainerAnswer> {
    return { item: await this.containers.restart(actor, id, body) };
  }

  @Post(':id/pause')
  @Allow('containers.pause')
  @Returns(ContainerAnswer)
  async pause(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
  ): Promise<ContainerAnswer> {
    return { item: await this.containers.pause(actor, id) };
  }

  @Post(':id/unpause')
  @Allow('containers.pause')
  @Returns(ContainerAnswer)
  async unpause(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
  ): Promise<ContainerAnswer> {
    return { item: await this.containers.unpause(actor, id) };
  }

  @Post(':id/kill')
  @Allow('containers.kill')
  @Returns(ContainerAnswer)
  async kill(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: KillContainer }) body: KillContainer,
  ): Promise<ContainerAnswer> {
    return { item: await this.containers.kill(actor, id, body) };
  }

  @Put(':id/name')
  @Allow('containers.rename')
  @ReturnsNothing()
  rename(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: RenameContainer }) body: RenameContainer,
  ): Promise<void> {
    return this.containers.rename(actor, id, body);
  }

  @Get(':id/delete-preview')
  @Allow('containers.delete')
  @Returns(DeleteInventory)
  deletePreview(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
  ): Promise<DeleteInventory> {
    return this.containers.deletePreview(actor, id);
  }

  @Delete(':id')
  @Allow('containers.delete')
  @Returns(Accepted, 202)
  async delete(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: DeleteContainer }) body: DeleteContainer,
    @IdempotencyHeader() key: string | undefined,
  ): Promise<Accepted> {
    return { operation: await this.operations.delete(actor, id, body, key) };
  }

  @Post('bulk')
  @Allow('containers.see')
  @Returns(Accepted, 202)
  async bulk(
    @CurrentActor() actor: Actor,
    @Body({ schema: BulkContainers }) body: BulkContainers,
    @IdempotencyHeader() key: string | undefined,
  ): Promise<Accepted> {
    return { operation: await this.operations.bulk(actor, body, key) };
  }
}
