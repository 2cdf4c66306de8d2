import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { EngineTest, Environment, EnvironmentId, EnvironmentList } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { EngineTestService } from './engine-test.service.js';
import { EnvironmentListService } from './environment-list.service.js';

@Controller('environments')
export class EnvironmentsController {
  constructor(
    private readonly environments: EnvironmentsService,
    private readonly environmentList: EnvironmentListService,
    private readonly engineTests: EngineTestService,
  ) {}

  @Get()
  @Allow('environments.see')
  @Returns(EnvironmentList)
  list(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    return sendVersioned(request, response, versionedList(this.environmentList.page(actor), rightsVersion(actor)));
  }

  @Get(':id')
  @Allow('environments.see')
  @Returns(Environment)
  get(@CurrentActor() actor: Actor, @Param('id', { schema: EnvironmentId }) id: EnvironmentId): Environment {
    return this.environments.see(actor, id);
  }

  @Post(':id/test')
  @Allow('environments.test')
  @Returns(EngineTest)
  test(@CurrentActor() actor: Actor, @Param('id', { schema: EnvironmentId }) id: EnvironmentId): Promise<EngineTest> {
    return this.engineTests.test(actor, id);
  }
}
