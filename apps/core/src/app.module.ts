import { Module } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { AccessModule } from './foundation/access/access.module.js';
import { OperationsModule } from './foundation/operations/operations.module.js';
import { ValidationPipe } from './kernel/http/validation.pipe.js';
import { KernelModule } from './kernel/kernel.module.js';

/** The table of contents. */
@Module({
  imports: [KernelModule, AccessModule, OperationsModule],
  providers: [{ provide: APP_PIPE, useClass: ValidationPipe }],
})
export class AppModule {}
