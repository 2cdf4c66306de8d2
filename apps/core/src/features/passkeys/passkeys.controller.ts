import { Body, Controller, Delete, Get, Param, Patch, Post, Req, Res } from '@nestjs/common';
import {
  AddPasskey,
  PasskeyAnswer,
  PasskeyCreation,
  PasskeyId,
  PasskeyList,
  PasskeyRequest,
  RenamePasskey,
} from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { AnswersSecret } from '../../foundation/operations/idempotency-key.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { PasskeyListService } from './passkey-list.service.js';

@Controller('me')
export class PasskeysController {
  constructor(private readonly passkeys: PasskeyListService) {}

  @Get('passkeys')
  @Allow('account.manage')
  @Returns(PasskeyList)
  async list(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.passkeys.list(actor), rightsVersion(actor)));
  }

  @Post('passkeys/creation')
  @Allow('account.manage')
  @AnswersSecret()
  @Returns(PasskeyCreation)
  askForNew(@CurrentActor() actor: Actor, @Req() { host }: Request): Promise<PasskeyCreation> {
    return this.passkeys.askForNew(actor, host);
  }

  @Post('passkeys')
  @Allow('account.manage')
  @Returns(PasskeyAnswer, 201)
  async add(
    @CurrentActor() actor: Actor,
    @Req() { host }: Request,
    @Body({ schema: AddPasskey }) body: AddPasskey,
  ): Promise<PasskeyAnswer> {
    return { item: await this.passkeys.add(actor, host, body) };
  }

  @Patch('passkeys/:id')
  @Allow('account.manage')
  @ReturnsNothing()
  rename(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: PasskeyId }) id: PasskeyId,
    @Body({ schema: RenamePasskey }) body: RenamePasskey,
  ): Promise<void> {
    return this.passkeys.rename(actor, id, body);
  }

  /** Every other session of theirs ends. */
  @Delete('passkeys/:id')
  @Allow('account.manage')
  @ReturnsNothing()
  remove(@CurrentActor() actor: Actor, @Param('id', { schema: PasskeyId }) id: PasskeyId): Promise<void> {
    return this.passkeys.remove(actor, id);
  }

  /** What a passkey has to sign to prove again who is there. */
  @Post('step-up/passkey-request')
  @Allow('account.manage')
  @AnswersSecret()
  @Returns(PasskeyRequest)
  askToProve(@CurrentActor() actor: Actor, @Req() { host }: Request): Promise<PasskeyRequest> {
    return this.passkeys.askToProve(actor, host);
  }
}
