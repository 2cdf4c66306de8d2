import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessService } from './access.service.js';
import { AllowGuard } from './allow.guard.js';
import { BootCheck } from './boot-check.js';
import { EntryPoints } from './entry-points.js';
import { ErrorFilter } from './error.filter.js';

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    AccessService,
    EntryPoints,
    BootCheck,
    { provide: APP_GUARD, useClass: AllowGuard },
    { provide: APP_FILTER, useClass: ErrorFilter },
  ],
  exports: [AccessService, EntryPoints],
})
export class AccessModule {}
