import { Injectable } from '@nestjs/common';
import type { ChangeConfiguration, ConfigurationVersion, ContainerId, OperationId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import * as z from 'zod';
import type { Actor } from '../../foundation/access/actor.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { invalid } from '../../kernel/errors.js';
import { SecretKey } from '../../kernel/secret-key.js';
import { type Made, withoutValues, WrittenSpec } from './configurations.rules.js';
import { ConfigurationsStore } from './configurations.store.js';
import type { ContainerConfigurationRow } from './container-configuration.entity.js';

const PURPOSE = 'container-configurations';
const SHOWN = 50;
const Env = z.record(z.string(), z.string());

export interface Entry extends Made {
  readonly number: number;
}

/** What somebody saved to be different, with the values of the environment. */
export interface Saved {
  readonly change: ChangeConfiguration;
  readonly savedAt: number;
  readonly savedBy: string;
}

interface NewEntry {
  readonly containerId: ContainerId;
  readonly operationId: OperationId;
  readonly why: ConfigurationVersion['why'];
  readonly made: Made;
}

/** Every configuration a container had: written when its making is accepted, valid once that came through. */
@Injectable()
export class ConfigurationBook {
  constructor(
    private readonly store: ConfigurationsStore,
    private readonly key: SecretKey,
    private readonly clock: Clock,
  ) {}

  /** In the transaction that accepts the work. */
  async write(rows: EntityManager, actor: Actor, { containerId, made, ...entry }: NewEntry): Promise<void> {
    await this.store.insert(rows, {
      ...entry,
      containerId,
      number: (await this.store.lastNumber(rows, containerId)) + 1,
      spec: made.spec,
      sealed: this.seal(containerId, made.env),
      madeBy: actor.userId,
      madeByName: actor.displayName,
      madeAt: this.clock.now(),
      appliedAt: null,
    });
  }

  /** The work came through: from now on this is how the container is made. */
  async apply(rows: EntityManager, operationId: OperationId): Promise<void> {
    await this.store.markApplied(rows, operationId, this.clock.now());
  }

  /** The work did not come through. */
  async drop(rows: EntityManager, operationId: OperationId): Promise<void> {
    await this.store.forget(rows, operationId);
  }

  async findApplied(containerId: ContainerId): Promise<Entry | undefined> {
    const row = await this.store.applied(containerId);
    return row ? this.open(row) : undefined;
  }

  /** How each of these is made, without what is sealed; those of which nothing is written down are missing. */
  async specsOf(containerIds: readonly ContainerId[]): Promise<ReadonlyMap<ContainerId, WrittenSpec>> {
    const pages = await this.store.appliedOf(containerIds);
    return new Map(pages.map(({ containerId, spec }) => [containerId, WrittenSpec.parse(spec)]));
  }

  /** One it had. */
  async findVersion(containerId: ContainerId, number: number): Promise<Entry | undefined> {
    const row = await this.store.at(containerId, number);
    return row && row.appliedAt !== null ? this.open(row) : undefined;
  }

  /** What an operation is to bring about. */
  async getFor(operationId: OperationId): Promise<Entry> {
    const row = await this.store.madeBy(operationId);
    if (!row) throw new Error(`The configuration of ${operationId} is not in the book.`);
    return this.open(row);
  }

  /** It cannot be brought back from then on. */
  async purge(rows: EntityManager, containerIds: readonly ContainerId[]): Promise<void> {
    await this.store.purge(rows, containerIds);
  }

  /** Forgets so many of those that were gone before; answers how many. What is brought back meanwhile is not among them. */
  async purgeOutdated(rows: EntityManager, before: number, limit: number): Promise<number> {
    const ids = await this.store.outdated(rows, before, limit);
    await this.store.purge(rows, ids);
    return ids.length;
  }

  /** When each it had came into force. */
  async applications(containerId: ContainerId): Promise<Array<{ number: number; appliedAtMs: number }>> {
    return (await this.store.list(containerId, SHOWN)).flatMap(({ number, appliedAt }) =>
      appliedAt === null ? [] : [{ number, appliedAtMs: appliedAt }],
    );
  }

  /** Newest first. */
  async versions(containerId: ContainerId): Promise<ConfigurationVersion[]> {
    const current = await this.store.applied(containerId);
    return (await this.store.list(containerId, SHOWN)).map(({ number, madeAt, madeByName, why }) => ({
      number,
      madeAt: toIso(madeAt),
      madeBy: madeByName,
      why,
      current: number === current?.number,
    }));
  }

  async findSaved(containerId: ContainerId): Promise<Saved | undefined> {
    const row = await this.store.saved(containerId);
    if (!row) return undefined;
    const { change, sealed, savedAt, savedByName: savedBy } = row;
    const set = this.unseal(containerId, sealed);
    return { change: change.env ? { ...change, env: { ...change.env, set } } : change, savedAt, savedBy };
  }

  /** With the values of what is to stay of what is saved; 400 for a variable of which none is. */
  async withKept(containerId: ContainerId, change: ChangeConfiguration): Promise<ChangeConfiguration> {
    if (!change.env || change.env.kept.length === 0) return change;
    const saved = (await this.findSaved(containerId))?.change.env?.set ?? {};
    const lost = change.env.kept.find((name) => !Object.hasOwn(saved, name));
    if (lost !== undefined)
      throw invalid([
        { path: 'change.env', code: 'not_saved', message: `No value of ${lost} is saved. Set it again.` },
      ]);
    const kept = Object.fromEntries(change.env.kept.map((name) => [name, saved[name] ?? '']));
    return { ...change, env: { ...change.env, set: { ...kept, ...change.env.set }, kept: [] } };
  }

  async save(rows: EntityManager, actor: Actor, containerId: ContainerId, change: ChangeConfiguration): Promise<void> {
    if (Object.keys(change).length === 0) return this.store.discard(rows, containerId);
    await this.store.save(rows, {
      containerId,
      change: withoutValues(change),
      sealed: this.seal(containerId, change.env?.set ?? {}),
      savedBy: actor.userId,
      savedByName: actor.displayName,
      savedAt: this.clock.now(),
    });
  }

  /** Only the one that was applied: what was saved meanwhile waits on. */
  async discardSaved(rows: EntityManager, containerId: ContainerId, savedAt: number): Promise<void> {
    await this.store.discard(rows, containerId, savedAt);
  }

  private open({ containerId, number, spec, sealed }: ContainerConfigurationRow): Entry {
    return { number, spec: WrittenSpec.parse(spec), env: this.unseal(containerId, sealed) };
  }

  private seal(containerId: ContainerId, env: Made['env']): string {
    return this.key.seal(PURPOSE, containerId, JSON.stringify(env));
  }

  private unseal(containerId: ContainerId, sealed: string): Record<string, string> {
    return Env.parse(JSON.parse(this.key.open(PURPOSE, containerId, sealed)));
  }
}
