import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { FindFreePort, FreePort, ListPorts, PortList } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { PortAllocatorService } from './port-allocator.service.js';
import { PortMapService } from './port-map.service.js';

@Controller('ports')
export class PortsController {
  constructor(
    private readonly map: PortMapService,
    private readonly allocator: PortAllocatorService,
  ) {}

  @Get()
  @Allow('containers.see')
  @Returns(PortList)
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListPorts }) query: ListPorts,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.map.list(actor, query), rightsVersion(actor)));
  }

  /** Nothing is held by asking. */
  @Get('free')
  @Allow('containers.create')
  @Returns(FreePort)
  free(@CurrentActor() actor: Actor, @Query({ schema: FindFreePort }) query: FindFreePort): Promise<FreePort> {
    return this.allocator.suggest(actor, query);
  }
}
