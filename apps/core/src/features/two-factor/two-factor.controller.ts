import { Body, Controller, Delete, Get, Param, Post, Put, Req } from '@nestjs/common';
import {
  RecoveryCodes,
  ResetTwoFactor,
  SecondFactor,
  TotpProof,
  TwoFactorPolicy,
  TwoFactorSettings,
  TwoFactorStart,
  TwoFactorStatus,
  UserId,
} from '@bailiwick/contract';
import type { Request } from 'express';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { AnswersSecret } from '../../foundation/operations/idempotency-key.decorator.js';
import { addressOf } from '../../kernel/http/address.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { TwoFactorEnrolmentService } from './two-factor-enrolment.service.js';
import { TwoFactorSettingsService } from './two-factor-settings.service.js';

@Controller()
export class TwoFactorController {
  constructor(
    private readonly enrolment: TwoFactorEnrolmentService,
    private readonly settings: TwoFactorSettingsService,
  ) {}

  @Get('me/two-factor')
  @Allow('account.manage')
  @Returns(TwoFactorStatus)
  status(@CurrentActor() actor: Actor): Promise<TwoFactorStatus> {
    return this.enrolment.status(actor);
  }

  @Post('me/two-factor')
  @Allow('account.manage')
  @AnswersSecret()
  @Returns(TwoFactorStart, 201)
  start(@CurrentActor() actor: Actor): Promise<TwoFactorStart> {
    return this.enrolment.start(actor);
  }

  /** Every other session of theirs ends. */
  @Post('me/two-factor/confirm')
  @Allow('account.manage')
  @AnswersSecret()
  @Returns(RecoveryCodes)
  confirm(@CurrentActor() actor: Actor, @Body({ schema: TotpProof }) { code }: TotpProof): Promise<RecoveryCodes> {
    return this.enrolment.confirm(actor, code);
  }

  @Post('me/two-factor/recovery-codes')
  @Allow('account.manage')
  @AnswersSecret()
  @Returns(RecoveryCodes)
  renewCodes(
    @CurrentActor() actor: Actor,
    @Req() request: Request,
    @Body({ schema: TotpProof }) proof: TotpProof,
  ): Promise<RecoveryCodes> {
    return this.enrolment.renewCodes(actor, addressOf(request), proof);
  }

  /** A recovery code does as well: whoever lost the app could not get rid of it otherwise. */
  @Delete('me/two-factor')
  @Allow('account.manage')
  @ReturnsNothing()
  turnOff(
    @CurrentActor() actor: Actor,
    @Req() request: Request,
    @Body({ schema: SecondFactor }) proof: SecondFactor,
  ): Promise<void> {
    return this.enrolment.turnOff(actor, addressOf(request), proof);
  }

  @Delete('users/:id/two-factor')
  @Allow('people.update')
  @ReturnsNothing()
  reset(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: UserId }) id: UserId,
    @Body({ schema: ResetTwoFactor }) body: ResetTwoFactor,
  ): Promise<void> {
    return this.enrolment.reset(actor, id, body);
  }

  @Get('settings/two-factor')
  @Allow('settings.see')
  @Returns(TwoFactorSettings)
  policy(@CurrentActor() actor: Actor): Promise<TwoFactorSettings> {
    return this.settings.get(actor);
  }

  @Put('settings/two-factor')
  @Allow('settings.update')
  @Returns(TwoFactorSettings)
  changePolicy(
    @CurrentActor() actor: Actor,
    @Body({ schema: TwoFactorPolicy }) body: TwoFactorPolicy,
  ): Promise<TwoFactorSettings> {
    return this.settings.update(actor, body);
  }
}
