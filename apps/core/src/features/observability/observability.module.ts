import { Module } from '@nestjs/common';
import { ObservabilityServer } from './observability.server.js';
import { ObservabilityService } from './observability.service.js';

@Module({ providers: [ObservabilityService, ObservabilityServer] })
export class ObservabilityModule {}
