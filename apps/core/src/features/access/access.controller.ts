import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import {
  AccessChanged,
  AccessPreview,
  ChangeAccess,
  Explain,
  Explanation,
  LookAtAccess,
  LookForPrincipals,
  PrincipalList,
  Reach,
  ReachList,
  TargetAccess,
  ViewAs,
  WhoCan,
  WhoCanList,
} from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { AccessChangesService } from './access-changes.service.js';
import { ChoicesService } from './choices.service.js';
import { ExplainService } from './explain.service.js';
import { GrantsService } from './grants.service.js';
import { ViewsService } from './views.service.js';

@Controller('access')
export class AccessController {
  constructor(
    private readonly grants: GrantsService,
    private readonly changes: AccessChangesService,
    private readonly explanations: ExplainService,
    private readonly views: ViewsService,
    private readonly choices: ChoicesService,
  ) {}

  @Get('on')
  @Allow('containers.see')
  @Returns(TargetAccess)
  on(@CurrentActor() actor: Actor, @Query({ schema: LookAtAccess }) { resource }: LookAtAccess): Promise<TargetAccess> {
    return this.grants.on(actor, resource);
  }

  @Get('principals')
  @Allow('containers.see')
  @Returns(PrincipalList)
  principals(
    @CurrentActor() actor: Actor,
    @Query({ schema: LookForPrincipals }) question: LookForPrincipals,
  ): Promise<PrincipalList> {
    return this.choices.on(actor, question);
  }

  @Get('explain')
  @Allow('containers.see')
  @Returns(Explanation)
  explain(@CurrentActor() actor: Actor, @Query({ schema: Explain }) question: Explain): Promise<Explanation> {
    return this.explanations.explain(actor, question);
  }

  @Get('who-can')
  @Allow('containers.see')
  @Returns(WhoCanList)
  whoCan(@CurrentActor() actor: Actor, @Query({ schema: WhoCan }) question: WhoCan): Promise<WhoCanList> {
    return this.explanations.whoCan(actor, question);
  }

  @Get('reach')
  @Allow('account.see')
  @Returns(ReachList)
  reach(@CurrentActor() actor: Actor, @Query({ schema: Reach }) question: Reach): Promise<ReachList> {
    return this.explanations.reach(actor, question);
  }

  @Post('view-as')
  @Allow('access.viewAs')
  @ReturnsNothing()
  viewAs(@CurrentActor() actor: Actor, @Body({ schema: ViewAs }) { userId }: ViewAs): Promise<void> {
    return this.views.begin(actor, userId);
  }

  /** Whoever looks through somebody's eyes is that person here. */
  @Delete('view-as')
  @Allow('account.see')
  @ReturnsNothing()
  endViewAs(@CurrentActor() actor: Actor): Promise<void> {
    return this.views.end(actor);
  }

  @Post('changes/preview')
  @Allow('containers.manageAccess')
  @Returns(AccessPreview)
  preview(@CurrentActor() actor: Actor, @Body({ schema: ChangeAccess }) body: ChangeAccess): Promise<AccessPreview> {
    return this.changes.preview(actor, body);
  }

  @Post('changes')
  @Allow('containers.manageAccess')
  @Returns(AccessChanged)
  change(@CurrentActor() actor: Actor, @Body({ schema: ChangeAccess }) body: ChangeAccess): Promise<AccessChanged> {
    return this.changes.apply(actor, body);
  }
}
