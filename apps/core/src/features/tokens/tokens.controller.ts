import { Body, Controller, Delete, Get, Param, Post, Req, Res } from '@nestjs/common';
import { CreatedToken, CreateToken, OwnTokenList, PersonalTokenList, TokenId, UserId } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { AnswersSecret } from '../../foundation/operations/idempotency-key.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { TokenListService } from './token-list.service.js';

@Controller()
export class TokensController {
  constructor(private readonly tokens: TokenListService) {}

  @Get('me/tokens')
  @Allow('account.manage')
  @Returns(OwnTokenList)
  async own(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.tokens.own(actor), rightsVersion(actor)));
  }

  /** The answer holds the token; it is shown nowhere else and never again. */
  @Post('me/tokens')
  @Allow('account.manage')
  @AnswersSecret()
  @Returns(CreatedToken, 201)
  create(@CurrentActor() actor: Actor, @Body({ schema: CreateToken }) body: CreateToken): Promise<CreatedToken> {
    return this.tokens.create(actor, body);
  }

  @Delete('me/tokens/:id')
  @Allow('account.manage')
  @ReturnsNothing()
  revokeOwn(@CurrentActor() actor: Actor, @Param('id', { schema: TokenId }) id: TokenId): Promise<void> {
    return this.tokens.revokeOwn(actor, id);
  }

  @Get('users/:id/tokens')
  @Allow('people.sessions')
  @Returns(PersonalTokenList)
  async of(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: UserId }) id: UserId,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.tokens.of(actor, id), rightsVersion(actor)));
  }

  @Delete('users/:id/tokens/:token')
  @Allow('people.sessions')
  @ReturnsNothing()
  revokeOf(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: UserId }) id: UserId,
    @Param('token', { schema: TokenId }) token: TokenId,
  ): Promise<void> {
    return this.tokens.revokeOf(actor, id, token);
  }
}
