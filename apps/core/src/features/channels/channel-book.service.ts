import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ChannelId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { Mutex } from '../../kernel/mutex.js';
import type { ChannelRow } from './channel.entity.js';
import { ChannelsStore } from './channels.store.js';

export type KnownChannel = Readonly<ChannelRow>;

/** Every channel, at hand. */
@Injectable()
export class ChannelBook implements OnModuleInit {
  private readonly byId = new Map<ChannelId, KnownChannel>();
  private readonly turn = new Mutex();

  constructor(
    private readonly store: ChannelsStore,
    private readonly database: Database,
  ) {}

  async onModuleInit(): Promise<void> {
    for (const row of await this.store.all()) this.byId.set(row.id, row);
  }

  all(): KnownChannel[] {
    return [...this.byId.values()];
  }

  find(id: ChannelId): KnownChannel | undefined {
    return this.byId.get(id);
  }

  async add(row: KnownChannel, beside: (rows: EntityManager) => Promise<void>): Promise<void> {
    await this.database.transaction(async (rows) => {
      await this.store.insert(rows, { ...row });
      await beside(rows);
    });
    this.byId.set(row.id, row);
  }

  /** By how it is then: what else changed meanwhile stays. */
  change(
    id: ChannelId,
    toChanges: (now: KnownChannel) => Partial<ChannelRow>,
    beside: (rows: EntityManager) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    return this.turn.run(async () => {
      const now = this.byId.get(id);
      const changes = now && toChanges(now);
      await this.database.transaction(async (rows) => {
        if (changes) await this.store.update(rows, id, changes);
        await beside(rows);
      });
      if (now) this.byId.set(id, { ...now, ...changes });
    });
  }

  remove(id: ChannelId, beside: (rows: EntityManager) => Promise<void>): Promise<void> {
    return this.turn.run(async () => {
      await this.database.transaction(async (rows) => {
        await this.store.remove(rows, id);
        await beside(rows);
      });
      this.byId.delete(id);
    });
  }
}
