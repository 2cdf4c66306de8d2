import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { Accepted, MailStatus, SendTestMail } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { IdempotencyHeader } from '../../foundation/operations/idempotency-key.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { MailTestsService } from './mail-tests.service.js';

@Controller('settings/mail')
export class MailController {
  constructor(private readonly tests: MailTestsService) {}

  @Get()
  @Allow('settings.see')
  @Returns(MailStatus)
  status(@CurrentActor() actor: Actor): Promise<MailStatus> {
    return this.tests.status(actor);
  }

  @Post('test')
  @Allow('settings.update')
  @HttpCode(202)
  @Returns(Accepted, 202)
  async test(
    @CurrentActor() actor: Actor,
    @Body({ schema: SendTestMail }) body: SendTestMail,
    @IdempotencyHeader() key: string | undefined,
  ): Promise<Accepted> {
    return { operation: await this.tests.start(actor, body, key) };
  }
}
