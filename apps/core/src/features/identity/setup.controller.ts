import { Body, Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ClaimSetup, Me, SetupStatus } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import type { Config } from '../../config.js';
import { Public } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { CONFIG } from '../../kernel/tokens.js';
import { setSession } from './session-answer.js';
import { SetupService } from './setup.service.js';

@Controller('setup')
export class SetupController {
  constructor(
    private readonly setup: SetupService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Public()
  @Returns(SetupStatus)
  status() {
    return this.setup.status();
  }

  @Post()
  @Public()
  @Returns(Me, 201)
  async claim(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Body({ schema: ClaimSetup }) body: ClaimSetup,
  ) {
    const { me, session } = await this.setup.claim(request, body);
    setSession(response, session, this.config);
    return me;
  }
}
