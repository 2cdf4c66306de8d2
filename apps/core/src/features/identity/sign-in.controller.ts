import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { Me, SignIn, SignInTwoFactor } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import type { Config } from '../../config.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor, Public } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { CONFIG } from '../../kernel/tokens.js';
import { clearSession, setSession } from './session-answer.js';
import { SignInTwoFactorService } from './sign-in-two-factor.service.js';
import { SignInService } from './sign-in.service.js';

@Controller()
export class SignInController {
  constructor(
    private readonly signIns: SignInService,
    private readonly secondSteps: SignInTwoFactorService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('sign-in')
  @Public()
  @Returns(Me)
  async signIn(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: SignIn }) named: SignIn,
  ) {
    const { me, session } = await this.signIns.signIn(request, named);
    setSession(response, session, this.config);
    return me;
  }

  /** The second step, where the first was answered `two_factor_required`. */
  @Post('sign-in/two-factor')
  @Public()
  @Returns(Me)
  async signInTwoFactor(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: SignInTwoFactor }) body: SignInTwoFactor,
  ) {
    const { me, session } = await this.secondSteps.finish(request, body);
    setSession(response, session, this.config);
    return me;
  }

  @Post('sign-out')
  @Allow('account.manage')
  @ReturnsNothing()
  async signOut(@CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response) {
    await this.signIns.signOut(actor);
    clearSession(response, this.config);
  }
}
