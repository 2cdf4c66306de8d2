import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { isOutage } from '../../foundation/environments/outage.rules.js';
import { VolumeRowsService } from '../../foundation/environments/volume-rows.service.js';
import { Clock } from '../../kernel/clock.js';
import { Hourly } from '../../kernel/hourly.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { DiskFiles } from './disk-files.driver.js';
import { DiskRootsService } from './disk-roots.service.js';
import { BIN_DAYS } from './files.rules.js';

const DAY_MS = 86_400_000;

/** Takes from the bins of workspaces and volumes what has lain there for a week. */
@Injectable()
export class FileBinsService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly emptying: Hourly<void>;
  private readonly log: Log;

  constructor(
    private readonly rows: VolumeRowsService,
    private readonly environments: EnvironmentsService,
    private readonly disks: DiskRootsService,
    private readonly clock: Clock,
    log: CoreLog,
  ) {
    this.log = log.for('files');
    this.emptying = new Hourly(
      () => this.empty(),
      (error) => this.log.error({ err: error }, 'The bins of files could not be emptied'),
    );
  }

  onApplicationBootstrap(): void {
    this.emptying.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.emptying.stop();
  }

  async empty(): Promise<void> {
    const beforeMs = this.clock.now() - BIN_DAYS * DAY_MS;
    for (const { name, environmentId } of await this.rows.live())
      try {
        const root = await this.disks.findVolume(this.environments.engineOf(environmentId), name);
        if (root) await new DiskFiles(root).emptyBin(beforeMs);
      } catch (error) {
        // One that cannot be reached now, or holds what the core may not touch, keeps no other waiting.
        if (!isOutage(error)) this.log.warn({ err: error, volume: name }, 'The bin of a volume could not be emptied');
      }
  }
}
