import { Controller, Delete, Get, Headers, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ContainerId, UploadId, UploadProgress } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { TUS, type TusHeaders } from './uploads.rules.js';
import { type UploadState, UploadsService } from './uploads.service.js';

@Controller('containers/:id/files/uploads')
export class UploadsController {
  constructor(private readonly uploads: UploadsService) {}

  @Post()
  @Allow('files.write')
  @Returns(UploadProgress, 201)
  async begin(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Headers() headers: TusHeaders,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UploadProgress> {
    const state = await this.uploads.begin(actor, id, headers);
    response.set('Location', `/api/v1/containers/${id}/files/uploads/${state.id}`);
    return say(response, state);
  }

  /** For HEAD as well, which is how a client asks where to go on. */
  @Get(':upload')
  @Allow('files.write')
  @Returns(UploadProgress)
  async look(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Param('upload', { schema: UploadId }) upload: UploadId,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UploadProgress> {
    return say(response, await this.uploads.look(actor, id, upload));
  }

  @Patch(':upload')
  @Allow('files.write')
  @ReturnsNothing()
  async append(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Param('upload', { schema: UploadId }) upload: UploadId,
    @Headers() headers: TusHeaders,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    say(response, await this.uploads.append(actor, id, upload, { headers, bytes: request }));
  }

  @Delete(':upload')
  @Allow('files.write')
  @ReturnsNothing()
  async end(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Param('upload', { schema: UploadId }) upload: UploadId,
    @Headers() headers: TusHeaders,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    response.set('Tus-Resumable', TUS);
    await this.uploads.end(actor, id, upload, headers);
  }
}

function say(response: Response, { offset, length, expiresAt }: UploadState): UploadProgress {
  response.set({
    'Tus-Resumable': TUS,
    'Upload-Offset': String(offset),
    'Upload-Length': String(length),
    'Upload-Expires': new Date(expiresAt).toUTCString(),
  });
  return { offset, length, expiresAt };
}
