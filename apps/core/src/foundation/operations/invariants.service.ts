import { Injectable } from '@nestjs/common';
import { type EnvironmentId, TenantId } from '@bailiwick/contract';
import { IsNull } from 'typeorm';
import * as z from 'zod';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { AuditVerificationService } from '../audit/audit-verification.service.js';
import { keptSince } from '../environments/bin-time.rules.js';
import { ContainerLabels } from '../environments/container-labels.js';
import { ContainerRow } from '../environments/container.entity.js';
import type { Engine, EngineContainer } from '../environments/engine.js';
import { EngineConnections } from '../environments/engine-connections.js';
import { KeptLogFolders } from '../environments/kept-log-folders.driver.js';
import { NetworkLabels } from '../environments/network-labels.js';
import { isOutage } from '../environments/outage.rules.js';
import { VolumeRow } from '../environments/volume.entity.js';
import { VolumeLabels } from '../environments/volume-labels.js';
import { WorkspaceFolders } from '../environments/workspace-folders.driver.js';
import { signedNameOf } from '../environments/signed-name.rules.js';
import { IdempotencyKeyRow } from './idempotency-key.entity.js';
import {
  findViolations,
  type NetworkOnEngine,
  type OwnContainerOnEngine,
  type Picture,
  type Violation,
  type VolumeOnEngine,
} from './invariants.rules.js';
import { OperationStepRow } from './operation-step.entity.js';
import { OperationRow } from './operation.entity.js';
import type { StoredOperation } from './operations.store.js';
import { PortReservationRow } from './port-reservation.entity.js';

const Tenants = z.array(z.object({ id: TenantId, slug: z.string() }));
const Integrity = z.array(z.record(z.string(), z.unknown()));
const WITHIN_MS = 10_000;

export interface InvariantReport {
  readonly violations: Violation[];
  /** Environments whose engine did not answer: nothing is claimed about them. */
  readonly unchecked: string[];
}

interface Findings {
  readonly own: OwnContainerOnEngine[];
  readonly engineIds: Set<string>;
  readonly volumes: VolumeOnEngine[];
  readonly networks: NetworkOnEngine[];
  readonly reachable: Set<string>;
  readonly unchecked: string[];
}

/** Looks whether core, database and engines agree; changes nothing. */
@Injectable()
export class InvariantsService {
  constructor(
    private readonly database: Database,
    private readonly connections: EngineConnections,
    private readonly labels: ContainerLabels,
    private readonly volumeLabels: VolumeLabels,
    private readonly networkLabels: NetworkLabels,
    private readonly audit: AuditVerificationService,
    private readonly workspaces: WorkspaceFolders,
    private readonly keptLogs: KeptLogFolders,
    private readonly clock: Clock,
  ) {}

  async check(isHeld: (operation: OperationRow) => boolean): Promise<InvariantReport> {
    const rows = await this.database.repository(ContainerRow).find();
    const operations = await this.operations();
    const { own, engineIds, volumes, networks, reachable, unchecked } = await this.engines(rows);
    const tenants = Tenants.parse(
      await this.database.transaction((inside) => inside.query('SELECT id, slug FROM tenants')),
    );
    const picture: Picture = {
      own,
      engineIds,
      reachable,
      rows,
      binnedSince: keptSince(this.clock.now()),
      reservations: await this.database.repository(PortReservationRow).find(),
      operations,
      held: new Set(operations.flatMap(({ row }) => (isHeld(row) ? row.id : []))),
      keys: await this.database.repository(IdempotencyKeyRow).find(),
      volumes,
      workspaces: await this.workspaces.list(),
      keptLogs: await this.keptLogs.names(),
      volumeRows: await this.database.repository(VolumeRow).findBy({ removedAt: IsNull() }),
      tenants,
      networks,
    };
    const violations = [...findViolations(picture), ...(await this.auditFaults()), ...(await this.databaseFaults())];
    return { violations, unchecked };
  }

  private async operations(): Promise<StoredOperation[]> {
    const rows = await this.database.repository(OperationRow).find();
    const steps = await this.database.repository(OperationStepRow).find();
    return rows.map((row) => ({ row, steps: steps.filter(({ operationId }) => operationId === row.id) }));
  }

  private async engines(rows: readonly ContainerRow[]): Promise<Findings> {
    const found: Findings = {
      own: [],
      engineIds: new Set(),
      volumes: [],
      networks: [],
      reachable: new Set(),
      unchecked: [],
    };
    for (const { row, engine } of this.connections.all()) {
      try {
        const containers = await engine.list(AbortSignal.timeout(WITHIN_MS));
        for (const container of containers) found.engineIds.add(container.engineId);
        found.own.push(...containers.flatMap((container) => this.own(container, rows)));
        const volumes = await engine.volumesWithLabel('bailiwick.op', AbortSignal.timeout(WITHIN_MS));
        for (const volume of volumes) {
          const ours = this.volumeLabels.find(volume);
          if (ours) found.volumes.push({ ...ours, environmentId: row.id });
        }
        found.networks.push(...(await this.networks(row.id, engine)));
        found.reachable.add(row.id);
      } catch (error) {
        if (!isOutage(error)) throw error;
        found.unchecked.push(row.slug);
      }
    }
    return found;
  }

  private async networks(environmentId: EnvironmentId, engine: Engine): Promise<NetworkOnEngine[]> {
    const found = await engine.networksWithLabel('bailiwick.tenant', AbortSignal.timeout(WITHIN_MS));
    return found.map((network) => ({
      environmentId,
      name: network.name,
      tenantId: network.labels['bailiwick.tenant'] ?? '',
      isSigned: this.networkLabels.find(network) !== undefined,
    }));
  }

  /** Signed under the name it was created with, which a rename changes. */
  private own(container: EngineContainer, rows: readonly ContainerRow[]): OwnContainerOnEngine[] {
    const { labels } = container;
    const id = this.labels.claimedId(labels);
    const row = rows.find((candidate) => candidate.id === id);
    if (!row || !id) return [];
    const isOurs = this.labels.proves(labels, {
      containerId: id,
      name: signedNameOf(row),
      preset: row.preset,
    });
    return isOurs ? [{ id, operationId: labels['bailiwick.op'] ?? '', container }] : [];
  }

  private async auditFaults(): Promise<Violation[]> {
    const { faults } = await this.audit.verify();
    return faults.map(({ seq, kind }) => ({ invariant: 'audit' as const, subject: `row ${seq}`, detail: kind }));
  }

  private async databaseFaults(): Promise<Violation[]> {
    if (this.database.kind !== 'sqlite') return [];
    const ask = async (pragma: string) =>
      Integrity.parse(await this.database.transaction((rows) => rows.query(`PRAGMA ${pragma}`)));
    const integrity = (await ask('integrity_check')).filter((row) => row['integrity_check'] !== 'ok');
    const keys = await ask('foreign_key_check');
    return [...integrity, ...keys].map((row) => ({
      invariant: 'database' as const,
      subject: 'system.db',
      detail: JSON.stringify(row),
    }));
  }
}
