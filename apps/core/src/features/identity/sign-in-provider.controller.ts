import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { SignInProviderId, SignInProviderList, StartProviderSignIn } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import type { Config } from '../../config.js';
import { Public } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsRedirect } from '../../kernel/http/returns.decorator.js';
import { CONFIG } from '../../kernel/tokens.js';
import { clearCarried, setCarried } from './provider-cookie.js';
import { setSession } from './session-answer.js';
import { SignInProviderService } from './sign-in-provider.service.js';

@Controller('sign-in/providers')
export class SignInProviderController {
  constructor(
    private readonly signIns: SignInProviderService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Public()
  @Returns(SignInProviderList)
  list(): SignInProviderList {
    return this.signIns.list();
  }

  /** Sends the browser to the provider. */
  @Get(':id/start')
  @Public()
  @ReturnsRedirect()
  async begin(
    @Param('id', { schema: SignInProviderId }) id: string,
    @Query({ schema: StartProviderSignIn }) { next }: StartProviderSignIn,
    @Res() response: Response,
  ): Promise<void> {
    const { to, carried } = await this.signIns.begin(id, next);
    if (carried !== undefined) setCarried(response, carried, this.config);
    response.redirect(302, to);
  }

  /** Where the provider sends it back to. */
  @Get(':id/callback')
  @Public()
  @ReturnsRedirect()
  async finish(
    @Param('id', { schema: SignInProviderId }) id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { to, session } = await this.signIns.finish(request, id);
    clearCarried(response, this.config);
    if (session) setSession(response, session, this.config);
    response.redirect(302, to);
  }
}
