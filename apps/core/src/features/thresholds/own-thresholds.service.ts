import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { AlertThreshold, ContainerId, OwnThresholdRule } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { OwnThresholdRow } from './own-threshold.entity.js';

/** The numbers of single containers. Asked with every reading, so they are kept in memory: one core works on a database. */
@Injectable()
export class OwnThresholds implements OnModuleInit {
  private readonly rows = new Map<string, OwnThresholdRow>();

  constructor(private readonly database: Database) {}

  async onModuleInit(): Promise<void> {
    for (const row of await this.database.repository(OwnThresholdRow).find()) this.rows.set(keyOf(row), row);
  }

  findRow(containerId: ContainerId, rule: OwnThresholdRule): OwnThresholdRow | undefined {
    return this.rows.get(keyOf({ containerId, rule }));
  }

  /** Undefined where the rule's number counts; of what is no container, always. */
  find(containerId: ContainerId | null, rule: string): AlertThreshold | undefined {
    const row = containerId === null ? undefined : this.rows.get(keyOf({ containerId, rule }));
    return row && toThreshold(row);
  }

  /** Inside the caller's transaction; call what it returns once that is committed. */
  async put(rows: EntityManager, row: OwnThresholdRow): Promise<() => void> {
    await rows.save(OwnThresholdRow, row);
    return () => this.rows.set(keyOf(row), row);
  }

  /** As `put`. */
  async remove(
    rows: EntityManager,
    which: { readonly containerId: ContainerId; readonly rule: OwnThresholdRule },
  ): Promise<() => void> {
    await rows.delete(OwnThresholdRow, which);
    return () => this.rows.delete(keyOf(which));
  }
}

const keyOf = ({ containerId, rule }: { readonly containerId: ContainerId; readonly rule: string }): string =>
  `${rule}:${containerId}`;
export const toThreshold = ({ percent, durationMs }: OwnThresholdRow): AlertThreshold => ({ percent, durationMs });
