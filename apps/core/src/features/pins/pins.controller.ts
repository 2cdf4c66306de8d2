import { Body, Controller, Get, Put } from '@nestjs/common';
import { Pins } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { PinsService } from './pins.service.js';

@Controller('me/pins')
export class PinsController {
  constructor(private readonly pins: PinsService) {}

  @Get()
  @Allow('account.manage')
  @Returns(Pins)
  get(@CurrentActor() actor: Actor): Promise<Pins> {
    return this.pins.get(actor);
  }

  @Put()
  @Allow('account.manage')
  @Returns(Pins)
  put(@CurrentActor() actor: Actor, @Body({ schema: Pins }) body: Pins): Promise<Pins> {
    return this.pins.put(actor, body);
  }
}
