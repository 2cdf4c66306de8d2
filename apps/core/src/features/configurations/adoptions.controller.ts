import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { AdoptContainer, Adoption, ContainerId, LookForHolders, PrincipalList } from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { AdoptionsService } from './adoptions.service.js';

@Controller('containers/:id')
export class AdoptionsController {
  constructor(private readonly adoptions: AdoptionsService) {}

  @Get('adoption')
  @Allow('containers.createAny')
  @Returns(Adoption)
  see(@CurrentActor() actor: Actor, @Param('id', { schema: ContainerId }) id: ContainerId): Promise<Adoption> {
    return this.adoptions.see(actor, id);
  }

  /** Whose it could be. */
  @Get('adoption/owners')
  @Allow('containers.createAny')
  @Returns(PrincipalList)
  owners(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: LookForHolders }) question: LookForHolders,
  ): Promise<PrincipalList> {
    return this.adoptions.owners(actor, id, question);
  }

  @Post('adopt')
  @Allow('containers.createAny')
  @ReturnsNothing()
  adopt(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: AdoptContainer }) body: AdoptContainer,
  ): Promise<void> {
    return this.adoptions.adopt(actor, id, body);
  }
}
