import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessBookModule } from './access-book.module.js';
import { AllowGuard } from './allow.guard.js';
import { BootCheck } from './boot-check.js';
import { EntryPoints } from './entry-points.js';
import { ErrorFilter } from './error.filter.js';

/** Stands before every way into the core. */
@Global()
@Module({
  imports: [AccessBookModule, DiscoveryModule],
  providers: [
    EntryPoints,
    BootCheck,
    { provide: APP_GUARD, useClass: AllowGuard },
    { provide: APP_FILTER, useClass: ErrorFilter },
  ],
  exports: [EntryPoints],
})
export class AccessModule {}
