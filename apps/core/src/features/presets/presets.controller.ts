import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { CatalogueEntry, CatalogueList } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import * as z from 'zod';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { PresetsService } from './presets.service.js';

@Controller('presets')
export class PresetsController {
  constructor(private readonly presets: PresetsService) {}

  @Get()
  @Allow('presets.see')
  @Returns(CatalogueList)
  async list(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.presets.list(actor), rightsVersion(actor)));
  }

  @Get(':name')
  @Allow('presets.see')
  @Returns(CatalogueEntry)
  get(
    @CurrentActor() actor: Actor,
    @Param('name', { schema: z.string().max(42) }) name: string,
  ): Promise<CatalogueEntry> {
    return this.presets.get(actor, name);
  }
}
