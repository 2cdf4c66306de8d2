import { Controller, Get, Param, type StreamableFile } from '@nestjs/common';
import { ContainerId, RecordingList, TerminalId } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsText } from '../../kernel/http/returns.decorator.js';
import { RecordingsService } from './recordings.service.js';

@Controller()
export class RecordingsController {
  constructor(private readonly recordings: RecordingsService) {}

  @Get('containers/:id/recordings')
  @Allow('audit.see')
  @Returns(RecordingList)
  list(@CurrentActor() actor: Actor, @Param('id', { schema: ContainerId }) id: ContainerId): Promise<RecordingList> {
    return this.recordings.list(actor, id);
  }

  /** As an asciicast; who reads it is written down. */
  @Get('recordings/:id')
  @Allow('audit.see')
  @ReturnsText()
  read(@CurrentActor() actor: Actor, @Param('id', { schema: TerminalId }) id: TerminalId): Promise<StreamableFile> {
    return this.recordings.read(actor, id);
  }
}
