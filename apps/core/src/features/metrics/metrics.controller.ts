import { Controller, Get, Param, Query } from '@nestjs/common';
import {
  ContainerHistory,
  ContainerId,
  ContainerUsageList,
  CurrentMetrics,
  EnvironmentId,
  HostHistory,
  ReadMetrics,
} from '@bailiwick/contract';
import type { Actor } from '../../foundation/access/actor.js';
import { Allow, CurrentActor } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { MetricsService } from './metrics.service.js';

@Controller()
export class MetricsController {
  constructor(private readonly metrics: MetricsService) {}

  @Get('metrics/current')
  @Allow('environments.metrics')
  @Returns(CurrentMetrics)
  current(@CurrentActor() actor: Actor): CurrentMetrics {
    return this.metrics.current(actor);
  }

  @Get('metrics/containers')
  @Allow('containers.stats')
  @Returns(ContainerUsageList)
  usage(@CurrentActor() actor: Actor): ContainerUsageList {
    return { items: this.metrics.usage(actor) };
  }

  @Get('containers/:id/metrics')
  @Allow('containers.stats')
  @Returns(ContainerHistory)
  ofContainer(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: ContainerId }) id: ContainerId,
    @Query({ schema: ReadMetrics }) { range }: ReadMetrics,
  ): ContainerHistory {
    return this.metrics.containerHistory(actor, id, range);
  }

  @Get('environments/:id/metrics')
  @Allow('environments.metrics')
  @Returns(HostHistory)
  ofHost(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: EnvironmentId }) id: EnvironmentId,
    @Query({ schema: ReadMetrics }) { range }: ReadMetrics,
  ): HostHistory {
    return this.metrics.hostHistory(actor, id, range);
  }
}
