import { Controller, Get } from '@nestjs/common';
import { Health, Readiness } from '@bailiwick/contract';
import { Public } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { HealthService } from './health.service.js';

@Controller()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('healthz')
  @Public()
  @Returns(Health)
  get(): Promise<Health> {
    return this.health.get();
  }

  @Get('readyz')
  @Public()
  @Returns(Readiness)
  readiness(): Promise<Readiness> {
    return this.health.assertReady();
  }
}
