import { Body, Controller, Delete, Get, Inject, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { Appearance, ChangePassword, Me, StepUp, UpdateProfile } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import type { Config } from '../../config.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { CONFIG } from '../../kernel/tokens.js';
import { MeService } from './me.service.js';
import { cameFrom } from '../../kernel/http/request-source.js';
import { clearSession } from './session-answer.js';
import { SignInService } from './sign-in.service.js';

@Controller('me')
export class MeController {
  constructor(
    private readonly me: MeService,
    private readonly signIn: SignInService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Allow('account.see')
  @Returns(Me)
  get(@CurrentActor() actor: Actor) {
    return this.me.get(actor);
  }

  @Put('appearance')
  @Allow('account.manage')
  @ReturnsNothing()
  setAppearance(@CurrentActor() actor: Actor, @Body({ schema: Appearance }) body: Appearance) {
    return this.me.setAppearance(actor, body);
  }

  @Patch()
  @Allow('account.manage')
  @ReturnsNothing()
  update(@CurrentActor() actor: Actor, @Body({ schema: UpdateProfile }) body: UpdateProfile) {
    return this.me.update(actor, body);
  }

  /** Every other session of theirs ends. */
  @Put('password')
  @Allow('account.manage')
  @ReturnsNothing()
  changePassword(
    @CurrentActor() actor: Actor,
    @Req() request: Request,
    @Body({ schema: ChangePassword }) body: ChangePassword,
  ) {
    return this.me.changePassword(actor, cameFrom(request).address, body);
  }

  @Post('step-up')
  @Allow('account.manage')
  @ReturnsNothing()
  stepUp(@CurrentActor() actor: Actor, @Req() request: Request, @Body({ schema: StepUp }) body: StepUp) {
    return this.me.stepUp(actor, cameFrom(request), body);
  }

  @Delete('session')
  @Allow('account.manage')
  @ReturnsNothing()
  async endSession(@CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response) {
    await this.signIn.signOut(actor);
    clearSession(response, this.config);
  }
}
