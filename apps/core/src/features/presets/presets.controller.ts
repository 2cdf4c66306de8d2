import { Body, Controller, Delete, Get, Param, Post, Put, Req, Res } from '@nestjs/common';
import {
  CatalogueEntry,
  CatalogueList,
  CreatePreset,
  DeletePreset,
  ImportPreset,
  Preset,
  PresetImport,
  PresetRemoval,
  PresetVersionList,
  UpdatePreset,
} from '@bailiwick/contract';
import type { Request, Response } from 'express';
import * as z from 'zod';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { PresetEditingService } from './preset-editing.service.js';
import { PresetsService } from './presets.service.js';

/** Of a file as well, which may be called otherwise than a preset. */
const Name = z.string().max(255);

@Controller('presets')
export class PresetsController {
  constructor(
    private readonly presets: PresetsService,
    private readonly editing: PresetEditingService,
  ) {}

  @Get()
  @Allow('presets.see')
  @Returns(CatalogueList)
  async list(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.presets.list(actor), rightsVersion(actor)));
  }

  @Get(':name')
  @Allow('presets.see')
  @Returns(CatalogueEntry)
  get(@CurrentActor() actor: Actor, @Param('name', { schema: Name }) name: string): Promise<CatalogueEntry> {
    return this.presets.get(actor, name);
  }

  @Get(':name/versions')
  @Allow('presets.update')
  @Returns(PresetVersionList)
  versions(@CurrentActor() actor: Actor, @Param('name', { schema: Name }) name: string): Promise<PresetVersionList> {
    return this.presets.versions(actor, name);
  }

  @Get(':name/export')
  @Allow('presets.see')
  @Returns(Preset)
  async export(
    @CurrentActor() actor: Actor,
    @Param('name', { schema: Name }) name: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Preset> {
    const preset = await this.presets.export(actor, name);
    response.attachment(`${preset.name}.json`);
    return preset;
  }

  @Post()
  @Allow('presets.create')
  @Returns(CatalogueEntry, 201)
  create(@CurrentActor() actor: Actor, @Body({ schema: CreatePreset }) body: CreatePreset): Promise<CatalogueEntry> {
    return this.editing.create(actor, body);
  }

  @Post('import')
  @Allow('presets.create')
  @Returns(PresetImport)
  import(@CurrentActor() actor: Actor, @Body({ schema: ImportPreset }) body: ImportPreset): PresetImport {
    return this.editing.import(actor, body);
  }

  @Put(':name')
  @Allow('presets.update')
  @Returns(CatalogueEntry)
  update(
    @CurrentActor() actor: Actor,
    @Param('name', { schema: Name }) name: string,
    @Body({ schema: UpdatePreset }) body: UpdatePreset,
  ): Promise<CatalogueEntry> {
    return this.editing.update(actor, name, body);
  }

  @Delete(':name')
  @Allow('presets.delete')
  @Returns(PresetRemoval)
  delete(
    @CurrentActor() actor: Actor,
    @Param('name', { schema: Name }) name: string,
    @Body({ schema: DeletePreset }) body: DeletePreset,
  ): Promise<PresetRemoval> {
    return this.editing.delete(actor, name, body);
  }

  @Post(':name/restore')
  @Allow('presets.update')
  @Returns(CatalogueEntry)
  restore(@CurrentActor() actor: Actor, @Param('name', { schema: Name }) name: string): Promise<CatalogueEntry> {
    return this.editing.restore(actor, name);
  }
}
