import { Injectable } from '@nestjs/common';
import type { ContainerId } from '@bailiwick/contract';
import { Database } from '../../kernel/database/database.js';
import { ContainerStop } from './container-stop.entity.js';

@Injectable()
export class ContainerStopsStore {
  constructor(private readonly database: Database) {}

  all(): Promise<ContainerStop[]> {
    return this.database.repository(ContainerStop).find();
  }

  async save(stop: ContainerStop): Promise<void> {
    await this.database.transaction((rows) => rows.save(ContainerStop, stop));
  }

  async forget(containerId: ContainerId): Promise<void> {
    await this.database.transaction((rows) => rows.delete(ContainerStop, { containerId }));
  }
}
