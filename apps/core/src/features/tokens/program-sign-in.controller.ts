import { Body, Controller, Post, Req } from '@nestjs/common';
import { ProgramTokens, RefreshTokens, SignIn, SignInTwoFactor } from '@bailiwick/contract';
import type { Request } from 'express';
import { Public } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { ProgramSignInService } from './program-sign-in.service.js';

@Controller('token')
export class ProgramSignInController {
  constructor(private readonly signIns: ProgramSignInService) {}

  @Post()
  @Public()
  @Returns(ProgramTokens)
  signIn(@Req() request: Request, @Body({ schema: SignIn }) body: SignIn): Promise<ProgramTokens> {
    return this.signIns.signIn(request, body);
  }

  /** The second step, where the first was answered `two_factor_required`. */
  @Post('two-factor')
  @Public()
  @Returns(ProgramTokens)
  signInTwoFactor(
    @Req() request: Request,
    @Body({ schema: SignInTwoFactor }) body: SignInTwoFactor,
  ): Promise<ProgramTokens> {
    return this.signIns.signInTwoFactor(request, body);
  }

  /** Each refresh token works once; one that comes twice ends all of its family. */
  @Post('refresh')
  @Public()
  @Returns(ProgramTokens)
  refresh(@Req() request: Request, @Body({ schema: RefreshTokens }) body: RefreshTokens): Promise<ProgramTokens> {
    return this.signIns.refresh(request, body);
  }

  /** Whether or not it was one of ours. */
  @Post('revoke')
  @Public()
  @ReturnsNothing()
  revoke(@Req() request: Request, @Body({ schema: RefreshTokens }) body: RefreshTokens): Promise<void> {
    return this.signIns.revoke(request, body);
  }
}
