import { Body, Controller, Delete, Get, Param, Put, Req, Res } from '@nestjs/common';
import { PutRole, Role, RoleList, RoleTag } from '@bailiwick/contract';
import type { Request, Response } from 'express';
import { rightsVersion } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { sendVersioned } from '../../kernel/http/versioned.js';
import { versionedList } from '../../kernel/http/versioned-list.js';
import { RolesService } from './roles.service.js';

@Controller('roles')
export class RolesController {
  constructor(private readonly roles: RolesService) {}

  @Get()
  @Allow('roles.see')
  @Returns(RoleList)
  async list(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    await sendVersioned(request, response, versionedList(await this.roles.list(actor), rightsVersion(actor)));
  }

  @Put(':name')
  @Allow('roles.update')
  @Returns(Role)
  put(
    @CurrentActor() actor: Actor,
    @Param('name', { schema: RoleTag }) name: string,
    @Body({ schema: PutRole }) body: PutRole,
  ): Promise<Role> {
    return this.roles.put(actor, name, body);
  }

  @Delete(':name')
  @Allow('roles.update')
  @ReturnsNothing()
  delete(@CurrentActor() actor: Actor, @Param('name', { schema: RoleTag }) name: string): Promise<void> {
    return this.roles.delete(actor, name);
  }
}
