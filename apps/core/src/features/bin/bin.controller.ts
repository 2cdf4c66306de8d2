import { Body, Controller, Delete, Get, Param, Post, Req, Res } from '@nestjs/common';
import { Accepted, BinList, ContainerId, PurgeContainer, RestoreContainer } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { IdempotencyHeader } from '../../foundation/operations/idempotency-key.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { BinService } from './bin.service.js';

@Controller('bin')
export class BinController {
  constructor(private readonly bin: BinService) {}

  @Get()
  @Allow('containers.see')
  @Returns(BinList)
  async list(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.bin.list(actor), rightsVersion(actor)));
  }

  @Post(':id/restore')
  @Allow('containers.delete')
  @Returns(Accepted, 202)
  async restore(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: RestoreContainer }) body: RestoreContainer,
    @IdempotencyHeader() key: string | undefined,
  ): Promise<Accepted> {
    return { operation: await this.bin.restore(actor, id, body, key) };
  }

  @Delete(':id')
  @Allow('containers.delete')
  @ReturnsNothing()
  purge(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: PurgeContainer }) body: PurgeContainer,
  ): Promise<void> {
    return this.bin.purge(actor, id, body);
  }
}
