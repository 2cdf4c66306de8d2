import { Body, Controller, Get, Param, Post, StreamableFile } from '@nestjs/common';
import { Accepted, ExportAudit, OperationId } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { IdempotencyHeader } from '../../foundation/operations/idempotency-key.decorator.js';
import { Returns, ReturnsText } from '../../kernel/http/returns.decorator.js';
import { AuditExportsService } from './audit-exports.service.js';

@Controller('audit/exports')
export class AuditExportsController {
  constructor(private readonly exports: AuditExportsService) {}

  @Post()
  @Allow('audit.export')
  @Returns(Accepted, 202)
  async start(
    @CurrentActor() actor: Actor,
    @Body({ schema: ExportAudit }) body: ExportAudit,
    @IdempotencyHeader() key: string | undefined,
  ): Promise<Accepted> {
    return { operation: await this.exports.start(actor, body, key) };
  }

  /** By the operation that wrote it. */
  @Get(':id')
  @Allow('audit.export')
  @ReturnsText()
  async download(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: OperationId }) id: OperationId,
  ): Promise<StreamableFile> {
    const { name, type, content } = await this.exports.download(actor, id);
    return new StreamableFile(content, { type, disposition: `attachment; filename="${name}"` });
  }
}
