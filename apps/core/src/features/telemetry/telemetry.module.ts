import { Module } from '@nestjs/common';
import { ObservabilityModule } from '../observability/observability.module.js';
import { TelemetryService } from './telemetry.service.js';

@Module({ imports: [ObservabilityModule], providers: [TelemetryService] })
export class TelemetryModule {}
