import { Body, Controller, Delete, Get, Param, Post, Req, Res } from '@nestjs/common';
import { AlertSilenceId, CreateSilence, SilenceAnswer, SilenceList } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { SilencesService } from './silences.service.js';

@Controller('silences')
export class SilencesController {
  constructor(private readonly silences: SilencesService) {}

  @Get()
  @Allow('containers.see')
  @Returns(SilenceList)
  async list(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.silences.list(actor), rightsVersion(actor)));
  }

  @Post()
  @Allow('containers.restart')
  @Returns(SilenceAnswer, 201)
  async create(
    @CurrentActor() actor: Actor,
    @Body({ schema: CreateSilence }) body: CreateSilence,
  ): Promise<SilenceAnswer> {
    return { item: await this.silences.create(actor, body) };
  }

  @Delete(':id')
  @Allow('containers.restart')
  @ReturnsNothing()
  delete(@CurrentActor() actor: Actor, @Param('id', { schema: AlertSilenceId }) id: AlertSilenceId): Promise<void> {
    return this.silences.delete(actor, id);
  }
}
