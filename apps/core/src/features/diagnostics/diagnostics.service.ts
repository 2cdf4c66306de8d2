import { Inject, Injectable } from '@nestjs/common';
import type { Diagnostics } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { databaseBytes } from '../../kernel/database/database-size.js';
import { CoreLog } from '../../kernel/log/log.js';
import { Redactor } from '../../kernel/redactor.js';
import { CONFIG } from '../../kernel/tokens.js';
import { AlertsService } from '../alerts/alerts.service.js';
import { ContainerListService } from '../containers/container-list.service.js';
import { HealthService } from '../health/health.service.js';
import { SocketGateService } from '../live/socket-gate.service.js';
import { confidencesOf, countBy, settingsOf } from './diagnostics.rules.js';

const FAILED = 50;
const LOG_ENTRIES = 500;

/** What somebody who is to help wants to know, without a secret in it. */
@Injectable()
export class DiagnosticsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly access: AccessService,
    private readonly alerts: AlertsService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly containers: ContainerListService,
    private readonly coreLog: CoreLog,
    private readonly database: Database,
    private readonly environments: EnvironmentsService,
    private readonly health: HealthService,
    private readonly operations: OperationsService,
    private readonly sockets: SocketGateService,
  ) {}

  /** As a text: whatever it was told in confidence is taken out of all of it at the end. */
  async read(actor: Actor): Promise<string> {
    this.access.require(actor, 'panel.log', null);
    await this.audit.record(null, { actor, action: 'panel.diagnostics', target: null, outcome: 'done', details: {} });
    const redactor = new Redactor(confidencesOf(this.config));
    return redactor.push(`${JSON.stringify(await this.collect(actor), undefined, 2)}\n`) + redactor.end();
  }

  private async collect(actor: Actor): Promise<Diagnostics> {
    const { version, startedAt } = await this.health.get();
    const { items: failed } = await this.operations.list(actor, { state: 'failed', limit: FAILED });
    const { items: alerts } = await this.alerts.list(actor, { state: 'open' });
    return {
      at: toIso(this.clock.now()),
      core: {
        version,
        startedAt,
        node: process.version,
        platform: `${process.platform} ${process.arch}`,
        memoryBytes: process.memoryUsage.rss(),
        sockets: this.sockets.openCount,
      },
      settings: settingsOf(this.config),
      database: {
        kind: this.database.kind,
        bytes: await databaseBytes(this.database, this.config),
        writes: await this.health.databaseTakesWrites(),
      },
      environments: this.environments.list(actor),
      containers: countBy(this.containers.all(actor), ({ status }) => status),
      operations: Object.fromEntries(this.operations.underWay()),
      failed: failed.map(({ rights: _, ...operation }) => operation),
      alerts: alerts.map(({ rights: _, ...alert }) => alert),
      log: this.coreLog.history(LOG_ENTRIES),
    };
  }
}
