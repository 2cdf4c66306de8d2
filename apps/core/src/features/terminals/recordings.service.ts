import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy, StreamableFile } from '@nestjs/common';
import type { ContainerId, RecordingList, TerminalId, TerminalSize } from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { onTenant } from '../../foundation/access/access.rules.js';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { Clock, toIso, toIsoOrNull } from '../../kernel/clock.js';
import { notFound } from '../../kernel/errors.js';
import { Hourly } from '../../kernel/hourly.js';
import { CoreLog } from '../../kernel/log/log.js';
import { CONFIG } from '../../kernel/tokens.js';
import { ConfidencesService } from '../configurations/confidences.service.js';
import { ContainersService, toTarget } from '../containers/containers.service.js';
import type { RecordingFile } from './recording-file.js';
import type { RecordingRow } from './recording.entity.js';
import { RecordingsFolder } from './recordings-folder.driver.js';
import { RecordingsStore } from './recordings.store.js';

const MIB = 1024 * 1024;
const DAY_MS = 86_400_000;

interface Wish {
  readonly id: TerminalId;
  readonly root: boolean;
  readonly size: TerminalSize;
}

/** One that is being written; it is a row and a file. */
export interface Recording {
  readonly row: RecordingRow;
  readonly file: RecordingFile;
}

/** What terminals showed, where the policy of the panel asks for it: kept for so many days, for who may see the trail. */
@Injectable()
export class RecordingsService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly purging: Hourly<void>;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly confidences: ConfidencesService,
    private readonly containers: ContainersService,
    private readonly folder: RecordingsFolder,
    private readonly log: CoreLog,
    private readonly mirrors: MirrorsService,
    private readonly store: RecordingsStore,
  ) {
    this.purging = new Hourly(
      () => this.purge(),
      (error) => log.for('recordings').error({ err: error }, 'Old recordings could not be deleted'),
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.endLeftover();
    this.purging.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.purging.stop();
  }

  /** Undefined where nobody asks for one. What cannot be written down is not opened: it throws. */
  async begin({ userId, displayName }: Actor, seen: SeenContainer, wish: Wish): Promise<Recording | undefined> {
    const { BAILIWICK_TERMINAL_RECORDING: policy, BAILIWICK_RECORDING_MIB: mostMib } = this.config;
    if (policy === 'off' || (policy === 'root' && !wish.root)) return undefined;
    const { id, root, size } = wish;
    const startedAtMs = this.clock.now();
    const row: RecordingRow = { id, tenantId: seen.tenantId, containerId: seen.id, root, userId, userName: displayName, startedAt: startedAtMs, endedAt: null, bytes: 0, cut: false }; // prettier-ignore
    const confidences = await this.confidences.of(seen);
    await this.store.save(row);
    try {
      const file = await this.folder.begin(row, {
        size,
        startedAtMs,
        title: seen.name,
        confidences,
        mostBytes: mostMib * MIB,
        nowMs: () => this.clock.now(),
        onFailed: (error) => this.log.for('recordings').error({ err: error, terminal: id }, 'A recording stopped'),
      });
      return { row, file };
    } catch (error) {
      await this.store.remove(id);
      throw error;
    }
  }

  async end({ row, file }: Recording): Promise<void> {
    file.end();
    await this.store.save({ ...row, endedAt: this.clock.now(), bytes: file.bytes, cut: file.isCut });
  }

  /** Its terminal did not come about. */
  async discard({ row, file }: Recording): Promise<void> {
    file.end();
    await this.remove(row);
  }

  async list(actor: Actor, containerId: ContainerId): Promise<RecordingList> {
    const seen = this.containers.get(actor, containerId);
    this.access.require(actor, 'audit.see', onTenant(seen.tenantId));
    const rows = await this.store.of(containerId);
    return {
      items: rows.map(toRecording),
      version: rows.map(({ id, endedAt }) => `${id}.${endedAt ?? ''}`).join(','),
    };
  }

  /** Who read what somebody did is written down. */
  async read(actor: Actor, id: TerminalId): Promise<StreamableFile> {
    const row = await this.store.find(id);
    if (!row || !this.isShown(actor, row)) throw notFound('recording', id);
    this.access.require(actor, 'audit.see', onTenant(row.tenantId));
    const file = await this.folder.read(row);
    if (!file) throw notFound('recording', id);
    const seen = this.mirrors.container(row.containerId);
    const target = seen ? toTarget(seen) : { kind: 'container', id: row.containerId, label: row.containerId, tenantId: row.tenantId }; // prettier-ignore
    const details = { recording: id, of: row.userName };
    await this.audit.record(null, { actor, action: 'containers.recording', target, outcome: 'done', details });
    return new StreamableFile(file, {
      type: 'application/x-asciicast; charset=utf-8',
      disposition: `attachment; filename="${id}.cast"`,
    });
  }

  /** Those that are older than they are kept. */
  async purge(): Promise<void> {
    const before = this.clock.now() - this.config.BAILIWICK_RECORDINGS_KEEP_DAYS * DAY_MS;
    for (const row of await this.store.endedBefore(before)) await this.remove(row);
  }

  /** Where its container is gone, who sees the trail of its tenant sees it still. */
  private isShown(actor: Actor, { containerId, tenantId }: RecordingRow): boolean {
    const seen = this.mirrors.container(containerId);
    return this.access.allows(actor, 'containers.see', seen ?? onTenant(tenantId));
  }

  /** Of a core that was killed. */
  private async endLeftover(): Promise<void> {
    for (const row of await this.store.open()) {
      const mended = await this.folder.mend(row);
      await this.store.save({ ...row, endedAt: mended?.endedAtMs ?? row.startedAt, bytes: mended?.bytes ?? 0 });
    }
  }

  private async remove(row: RecordingRow): Promise<void> {
    await this.folder.remove(row);
    await this.store.remove(row.id);
  }
}

const toRecording = (row: RecordingRow): RecordingList['items'][number] => ({
  id: row.id,
  containerId: row.containerId,
  root: row.root,
  openedBy: { id: row.userId, name: row.userName },
  startedAt: toIso(row.startedAt),
  endedAt: toIsoOrNull(row.endedAt),
  bytes: row.bytes,
  cut: row.cut,
});
