import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { AskTwoFactorPasskey, Me, PasskeyRequest, PasskeyProof } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import type { Config } from '../../config.js';
import { Public } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { CONFIG } from '../../kernel/tokens.js';
import { setSession } from './session-answer.js';
import { SignInPasskeyService } from './sign-in-passkey.service.js';
import { SignInTwoFactorService } from './sign-in-two-factor.service.js';

@Controller('sign-in')
export class SignInPasskeyController {
  constructor(
    private readonly signIns: SignInPasskeyService,
    private readonly secondSteps: SignInTwoFactorService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('passkey/request')
  @Public()
  @Returns(PasskeyRequest)
  ask(@Req() request: Request): Promise<PasskeyRequest> {
    return this.signIns.ask(request);
  }

  @Post('passkey')
  @Public()
  @Returns(Me)
  async signIn(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: PasskeyProof }) body: PasskeyProof,
  ) {
    const { me, session } = await this.signIns.finish(request, body);
    setSession(response, session, this.config);
    return me;
  }

  /** What a passkey has to sign in place of the code. */
  @Post('two-factor/passkey-request')
  @Public()
  @Returns(PasskeyRequest)
  askForSecondStep(
    @Req() request: Request,
    @Body({ schema: AskTwoFactorPasskey }) { challenge }: AskTwoFactorPasskey,
  ): Promise<PasskeyRequest> {
    return this.secondSteps.askForPasskey(request, challenge);
  }
}
