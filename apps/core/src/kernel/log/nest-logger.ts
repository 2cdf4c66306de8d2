import type { LoggerService } from '@nestjs/common';
import type { CoreLog } from './log.js';

/** Nest's own words, on our log. */
export class NestLogger implements LoggerService {
  constructor(private readonly coreLog: CoreLog) {}

  log(message: unknown, context?: string): void {
    this.origin(context).debug(String(message));
  }
  warn(message: unknown, context?: string): void {
    this.origin(context).warn(String(message));
  }
  error(message: unknown, stack?: string, context?: string): void {
    this.origin(context).error({ stack }, String(message));
  }
  fatal(message: unknown, context?: string): void {
    this.origin(context).fatal(String(message));
  }

  private origin(context = 'nest') {
    return this.coreLog.for(context);
  }
}
