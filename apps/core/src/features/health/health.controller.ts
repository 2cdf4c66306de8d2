import { Controller, Get } from '@nestjs/common';
import { Health } from '@bailiwick/contract';
import { Public } from '../../foundation/access/allow.decorator.js';
import { Returns } from '../../kernel/http/returns.decorator.js';
import { HealthService } from './health.service.js';

@Controller('healthz')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get()
  @Public()
  @Returns(Health)
  get(): Promise<Health> {
    return this.health.get();
  }
}
