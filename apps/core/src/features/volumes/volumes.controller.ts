import { Body, Controller, Delete, Get, Param, Query, Req, Res } from '@nestjs/common';
import { Accepted, DeleteVolume, ListVolumes, VolumeDetail, VolumeId, VolumeList } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { IdempotencyHeader } from '../../foundation/operations/idempotency-key.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { VolumesService } from './volumes.service.js';

@Controller('volumes')
export class VolumesController {
  constructor(private readonly volumes: VolumesService) {}

  @Get()
  @Allow('volumes.see')
  @Returns(VolumeList)
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListVolumes }) query: ListVolumes,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.volumes.list(actor, query), rightsVersion(actor)));
  }

  @Get(':id')
  @Allow('volumes.see')
  @Returns(VolumeDetail)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: VolumeId }) id: VolumeId): Promise<VolumeDetail> {
    return this.volumes.get(actor, id);
  }

  @Delete(':id')
  @Allow('volumes.delete')
  @Returns(Accepted, 202)
  async delete(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: VolumeId }) id: VolumeId,
    @Body({ schema: DeleteVolume }) body: DeleteVolume,
    @IdempotencyHeader() key: string | undefined,
  ): Promise<Accepted> {
    return { operation: await this.volumes.delete(actor, id, body, key) };
  }
}
