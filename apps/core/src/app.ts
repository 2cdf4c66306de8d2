import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from './config.js';
import { ApiDescriptionService } from './features/api-description/api-description.service.js';
import { UnchangedListService } from './features/containers/unchanged-list.service.js';
import { SocketGateService } from './features/live/socket-gate.service.js';
import { SocketIoDriver } from './features/live/socket-io.driver.js';
import { Events } from './kernel/events.js';
import { announceAnswers } from './kernel/http/answered.js';
import { answerFirst } from './kernel/http/first-answer.js';
import { checkHost } from './kernel/http/host-check.js';
import { isOrdinaryJson, refuseUnsafeJson, requireJson, translateBodyError } from './kernel/http/json-body.js';
import { assignRequestId } from './kernel/http/request-context.js';
import { setSecurityHeaders } from './kernel/http/security-headers.js';
import { limitServer } from './kernel/http/server-limits.js';
import { CONFIG } from './kernel/tokens.js';

const BODY_LIMIT = '1mb';

/** The same edge for the real service and for tests. */
export function configureApp(app: NestExpressApplication): void {
  const config = app.get<Config>(CONFIG);
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.set('trust proxy', config.BAILIWICK_TRUSTED_PROXIES);
  app.use(assignRequestId, setSecurityHeaders, checkHost(config), requireJson);
  app.useBodyParser('json', { limit: BODY_LIMIT, strict: true, type: isOrdinaryJson });
  app.use(translateBodyError, refuseUnsafeJson);
  limitServer(app.getHttpServer());
  const unchangedList = app.get(UnchangedListService);
  answerFirst(app.getHttpServer(), (request, response) => unchangedList.answer(request, response));
  announceAnswers(app.getHttpServer(), app.get(Events));
  const gate = app.get(SocketGateService);
  gate.guard(app.getHttpServer());
  app.useWebSocketAdapter(new SocketIoDriver(gate));
  app.setGlobalPrefix('api/v1', { exclude: ['healthz', 'readyz', 'metrics'] });
  app.get(ApiDescriptionService).describes(app);
  app.enableShutdownHooks();
}
