import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { Public } from '../../foundation/access/allow.decorator.js';
import { ReturnsText } from '../../kernel/http/returns.decorator.js';
import { ObservabilityDoor } from './observability-door.js';
import { PrometheusService } from './prometheus.service.js';

/** Nobody is signed in here: the door asks for the token of monitoring. */
@Controller('metrics')
@UseGuards(ObservabilityDoor)
export class PrometheusController {
  constructor(private readonly prometheus: PrometheusService) {}

  @Get()
  @Public()
  @ReturnsText()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  read(): Promise<string> {
    return this.prometheus.read();
  }
}
