import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  Accepted,
  ApplyConfiguration,
  ConfigurationReview,
  ContainerConfiguration,
  ContainerId,
  ExportConfiguration,
  ExportedConfiguration,
  RevealVariable,
  RevealedVariable,
  ReviewConfiguration,
  SaveConfiguration,
} from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { AnswersSecret, IdempotencyHeader } from '../../foundation/operations/idempotency-key.decorator.js';
import { Returns, ReturnsNothing } from '../../kernel/http/returns.decorator.js';
import { ConfigurationsService } from './configurations.service.js';

@Controller('containers/:id/configuration')
export class ConfigurationsController {
  constructor(private readonly configurations: ConfigurationsService) {}

  @Get()
  @Allow('containers.settingsSee')
  @Returns(ContainerConfiguration)
  see(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
  ): Promise<ContainerConfiguration> {
    return this.configurations.see(actor, id);
  }

  @Get('export')
  @Allow('containers.settingsSee')
  @Returns(ExportedConfiguration)
  export(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: ExportConfiguration }) query: ExportConfiguration,
  ): Promise<ExportedConfiguration> {
    return this.configurations.export(actor, id, query);
  }

  @Put()
  @Allow('containers.settingsSee')
  @ReturnsNothing()
  save(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: SaveConfiguration }) body: SaveConfiguration,
  ): Promise<void> {
    return this.configurations.save(actor, id, body);
  }

  @Post('review')
  @HttpCode(200)
  @Allow('containers.settingsSee')
  @Returns(ConfigurationReview)
  review(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: ReviewConfiguration }) body: ReviewConfiguration,
  ): Promise<ConfigurationReview> {
    return this.configurations.review(actor, id, body);
  }

  /** Written down each time, and the answer is not kept: a key does nothing. */
  @Post('reveal')
  @HttpCode(200)
  @Allow('containers.settingsSecrets')
  @AnswersSecret()
  @Returns(RevealedVariable)
  reveal(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: RevealVariable }) body: RevealVariable,
  ): Promise<RevealedVariable> {
    return this.configurations.reveal(actor, id, body);
  }

  @Post('apply')
  @Allow('containers.settingsSee')
  @Returns(Accepted, 202)
  async apply(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Body({ schema: ApplyConfiguration }) body: ApplyConfiguration,
    @IdempotencyHeader() key: string | undefined,
  ): Promise<Accepted> {
    return { operation: await this.configurations.apply(actor, id, body, key) };
  }
}
