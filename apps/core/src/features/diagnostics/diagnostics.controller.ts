import { Controller, Get, StreamableFile } from '@nestjs/common';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { ReturnsText } from '../../kernel/http/returns.decorator.js';
import { DiagnosticsService } from './diagnostics.service.js';

@Controller('diagnostics')
export class DiagnosticsController {
  constructor(private readonly diagnostics: DiagnosticsService) {}

  /** `Diagnostics` as a file. */
  @Get()
  @Allow('panel.log')
  @ReturnsText()
  async download(@CurrentActor() actor: Actor): Promise<StreamableFile> {
    const text = Buffer.from(await this.diagnostics.read(actor));
    return new StreamableFile(text, {
      type: 'application/json; charset=utf-8',
      disposition: 'attachment; filename="bailiwick-diagnostics.json"',
      length: text.length,
    });
  }
}
