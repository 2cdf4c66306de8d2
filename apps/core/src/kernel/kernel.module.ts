import { Global, Module } from '@nestjs/common';
import { type Config, readConfig } from '../config.js';
import { Clock, SystemClock } from './clock.js';
import { DatabaseModule } from './database/database.module.js';
import { Events } from './events.js';
import { LoopbackGrpc } from './grpc/loopback-grpc.js';
import { CoreLog } from './log/log.js';
import { SecretKey } from './secret-key.js';
import { SafeFetch } from './outbound/safe-fetch.js';
import { CONFIG } from './tokens.js';

/** What everything stands on; tests override `CONFIG` and `Clock`. */
@Global()
@Module({
  imports: [DatabaseModule],
  providers: [
    { provide: CONFIG, useFactory: () => readConfig() },
    { provide: Clock, useClass: SystemClock },
    LoopbackGrpc,
    { provide: CoreLog, inject: [CONFIG], useFactory: (config: Config) => new CoreLog(config.BAILIWICK_LOG_LEVEL) },
    {
      provide: Events,
      inject: [CoreLog],
      useFactory: (log: CoreLog) =>
        new Events((name, error) => log.for('events').error({ err: error, event: name }, 'A listener failed')),
    },
    {
      provide: SecretKey,
      inject: [CONFIG],
      useFactory: (config: Config) =>
        config.BAILIWICK_SECRET_KEY
          ? SecretKey.fromText(config.BAILIWICK_SECRET_KEY)
          : SecretKey.fromFile(config.storageDir),
    },
    { provide: SafeFetch, inject: [CONFIG], useFactory: (config: Config) => new SafeFetch(config) },
  ],
  exports: [CONFIG, Clock, CoreLog, Events, LoopbackGrpc, SafeFetch, SecretKey],
})
export class KernelModule {}
