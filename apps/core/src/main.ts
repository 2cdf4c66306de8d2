import 'reflect-metadata';
import { setTimeout } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { configureApp } from './app.js';
import { findCommand } from './commands.js';
import { type Config, ConfigError, readConfig } from './config.js';
import { MirrorsService } from './foundation/environments/mirrors.service.js';
import { claimDatabase } from './kernel/database/database-claim.js';
import { isLoopback } from './kernel/http/host.rules.js';
import { CoreLog } from './kernel/log/log.js';
import { NestLogger } from './kernel/log/nest-logger.js';
import { CONFIG } from './kernel/tokens.js';

const FIRST_LOOK_MS = 1000;

async function start(): Promise<void> {
  // Databases, keys and the audit anchor are nobody else's to read.
  process.umask(0o077);
  // A wrong setting is told in one line, before the framework speaks.
  const config = readConfig();
  const command = findCommand(process.argv.slice(2));
  if (command) {
    process.exitCode = await command((line) => void process.stdout.write(`${line}\n`));
    return;
  }
  await claimDatabase(config, {
    onLost: (error) => end(new Error('The claim on the database is lost.', { cause: error })),
  });
  await serve();
}

async function serve(): Promise<void> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, { bodyParser: false, bufferLogs: true });
  const log = app.get(CoreLog);
  app.useLogger(new NestLogger(log));
  configureApp(app);
  const config = app.get<Config>(CONFIG);
  await app.init();
  // Who comes at once gets what runs, not an empty list; an engine that does not answer is not waited for.
  await Promise.race([app.get(MirrorsService).ready(), setTimeout(FIRST_LOOK_MS)]);
  await app.listen(config.BAILIWICK_CORE_PORT, config.BAILIWICK_CORE_HOST);
  if (!isLoopback(config.BAILIWICK_CORE_HOST))
    log.for('core').warn('The core listens beyond this machine: bind it to 127.0.0.1, or put TLS in front of it.');
  log.for('core').info({ url: await app.getUrl() }, 'Core is up');
}

/** At once: whatever else runs in this process, an engine's event stream for one, must not go on. */
function end(error: unknown): void {
  // The log may not exist yet; whoever started us reads stderr.
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}

start().catch(end);
