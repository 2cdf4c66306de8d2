import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import {
  type Advice,
  CONTAINER_MEASURES,
  type ContainerAdvice,
  type ContainerId,
  type ListAdvice,
} from '@bailiwick/contract';
import { allows, rightsOn } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { Hourly } from '../../kernel/hourly.js';
import { CoreLog } from '../../kernel/log/log.js';
import { ConfigurationBook } from '../configurations/configuration-book.service.js';
import { ContainerEndsService } from '../containers/container-ends.service.js';
import { HistoryService } from '../metrics/history.service.js';
import { UsageSamplerService } from '../metrics/usage-sampler.service.js';
import { adviseCpus, adviseMemory, measuredMs } from './advice.rules.js';

const WEEK_MS = 7 * 24 * 3_600_000;

interface Found {
  readonly atMs: number;
  readonly measuredMs: number;
  readonly items: readonly Advice[];
}

/** Which limits of what runs do not fit what it used, looked at every hour. */
@Injectable()
export class AdviceService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly found = new Map<ContainerId, Found>();
  private readonly looking: Hourly<void>;
  private isOver = false;

  constructor(
    private readonly configurations: ConfigurationBook,
    private readonly ends: ContainerEndsService,
    private readonly environments: EnvironmentsService,
    private readonly history: HistoryService,
    private readonly mirrors: MirrorsService,
    private readonly sampler: UsageSamplerService,
    private readonly clock: Clock,
    coreLog: CoreLog,
  ) {
    this.looking = new Hourly(
      () => this.look(),
      (error) => coreLog.for('metrics').error({ err: error }, 'What limits would fit could not be worked out'),
    );
  }

  onApplicationBootstrap(): void {
    this.looking.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.isOver = true;
    await this.looking.stop();
  }

  async list(actor: Actor, { container }: ListAdvice): Promise<ContainerAdvice[]> {
    const seen = this.mirrors.containers().filter((each) => container === undefined || each.id === container);
    const about = seen.flatMap((each) => {
      const found = maySee(actor, each) && this.find(each);
      return found ? [{ seen: each, found }] : [];
    });
    const known = await this.configurations.specsOf(about.map(({ seen: { id } }) => id));
    return about
      .map(({ seen, found }) => ({
        containerId: seen.id,
        name: seen.name,
        environmentId: seen.environmentId,
        measuredMs: found.measuredMs,
        at: toIso(found.atMs),
        items: [...found.items],
        changeable: known.has(seen.id),
        rights: rightsOn(actor, ['containers.settingsResources'], seen),
      }))
      .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** At everything that runs, one after the other: each file of a history is read in one go. */
  async look(): Promise<void> {
    const there = new Set<ContainerId>();
    for (const seen of this.mirrors.containers()) {
      if (this.isOver) return;
      there.add(seen.id);
      const found = await this.lookAt(seen);
      if (found) this.found.set(seen.id, found);
      else this.found.delete(seen.id);
      await nextTurn();
    }
    for (const id of this.found.keys()) if (!there.has(id)) this.found.delete(id);
  }

  private async lookAt(seen: SeenContainer): Promise<Found | undefined> {
    const { id, environmentId } = seen;
    const usage = this.sampler.latest(id);
    if (!usage) return undefined;
    const { stepMs, series } = this.history.read(id, '7d', CONTAINER_MEASURES);
    const measured = (name: 'cpus' | 'memoryBytes') => ({ stepMs, values: series[name].max.filter((value) => value !== null) }); // prettier-ignore
    const nowMs = this.clock.now();
    const ends = await this.ends.of(id);
    const oomKills = ends.filter(
      ({ oomKilled, endedAt }) => oomKilled && nowMs - Date.parse(endedAt) <= WEEK_MS,
    ).length;
    const { info } = this.environments.state(environmentId);
    const [memory, cpus] = [measured('memoryBytes'), measured('cpus')];
    const items = [
      adviseMemory(usage.memoryLimitBytes, memory, { oomKills, all: info?.memoryBytes ?? null }),
      adviseCpus(usage.cpuLimit, cpus, info?.cpus ?? null),
    ].filter((advice) => advice !== undefined);
    return items.length === 0 ? undefined : { atMs: nowMs, measuredMs: measuredMs(memory), items };
  }

  /** Of a limit that is another one by now nothing is said until it is looked at again. */
  private find({ id }: SeenContainer): Found | undefined {
    const [found, usage] = [this.found.get(id), this.sampler.latest(id)];
    if (!found || !usage) return undefined;
    const items = found.items.filter(
      ({ kind, limit }) => limit === (kind.startsWith('memory') ? usage.memoryLimitBytes : usage.cpuLimit),
    );
    return items.length === 0 ? undefined : { ...found, items };
  }
}

const maySee = (actor: Actor, seen: SeenContainer): boolean =>
  allows(actor, 'containers.see', seen) && allows(actor, 'containers.stats', seen);
