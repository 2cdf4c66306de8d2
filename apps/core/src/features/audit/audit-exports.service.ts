import type { ReadStream } from 'node:fs';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ExportAudit, type Operation, type OperationId } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { notFound } from '../../kernel/errors.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { AuditExportsDriver } from './audit-exports.driver.js';
import { exportAudit } from './export-audit.operation.js';

const SWEEP_MS = 10 * 60_000;

export interface ExportFile {
  readonly name: string;
  readonly type: string;
  readonly content: ReadStream;
}

/** Takes the trail out of the house, as a table or line by line. */
@Injectable()
export class AuditExportsService implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly definition: ReturnType<typeof exportAudit>;
  private readonly log: Log;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly operations: OperationsService,
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly files: AuditExportsDriver,
    clock: Clock,
    coreLog: CoreLog,
  ) {
    this.definition = exportAudit({ files, walk: (filter) => audit.walk(filter), now: () => clock.now() });
    this.log = coreLog.for('audit');
  }

  onModuleInit(): void {
    this.operations.register(this.definition, (actor, { row }, key) =>
      this.start(actor, ExportAudit.parse(row.input), key),
    );
  }

  onApplicationBootstrap(): void {
    const sweep = (): void => {
      this.files
        .removeOver()
        .catch((error: unknown) => this.log.error({ err: error }, 'Exports that are over could not be removed'));
    };
    sweep();
    this.timer = setInterval(sweep, SWEEP_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  start(actor: Actor, wanted: ExportAudit, idempotencyKey: string | undefined): Promise<Operation> {
    this.access.require(actor, 'audit.export', null);
    return this.operations.start(
      actor,
      this.definition,
      { input: wanted, tenantId: actor.tenantId, environmentId: null, containerId: null, label: wanted.format },
      { idempotencyKey },
    );
  }

  /** For a day; every download leaves a row. */
  async download(actor: Actor, id: OperationId): Promise<ExportFile> {
    this.access.require(actor, 'audit.export', null);
    const { row } = await this.operations.getStored(actor, id);
    if (row.name !== this.definition.name || row.state !== 'done') throw notFound('export', id);
    const { format } = ExportAudit.parse(row.input);
    const content = await this.files.open(id, format);
    if (!content) throw notFound('export', id);
    await this.audit.record(null, {
      actor,
      action: 'audit.download',
      target: { kind: 'operation', id, label: row.targetLabel, tenantId: row.tenantId },
      outcome: 'done',
      operationId: id,
    });
    return { name: fileName(row.createdAt, format), type: TYPES[format], content };
  }
}

const TYPES = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson; charset=utf-8' } as const;
const fileName = (at: number, format: string): string =>
  `audit-${toIso(at).slice(0, 19).replaceAll(':', '').replace('T', '-')}.${format}`;
