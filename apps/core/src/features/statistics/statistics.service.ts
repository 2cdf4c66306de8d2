import { Injectable } from '@nestjs/common';
import type { Container, ContainerId, ContainerTaking, EnvironmentId, Statistics, Volume } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { ContainerListService } from '../containers/container-list.service.js';
import { LayerSizes } from '../metrics/layer-sizes.service.js';
import { UsageSamplerService } from '../metrics/usage-sampler.service.js';
import { PeopleListService } from '../people/people-list.service.js';
import { PresetsService } from '../presets/presets.service.js';
import { VolumeDataService } from '../volumes/volume-data.service.js';
import { VolumesService } from '../volumes/volumes.service.js';
import {
  byMemory,
  countContainers,
  countOperations,
  countPeople,
  countPresets,
  newestOf,
  topPeople,
  volumeBytes,
  workspaceOf,
} from './statistics.rules.js';

/** An engine walks through every file for the sizes of its volumes: nobody has it do that twice a minute. */
const SIZES_HOLD_MS = 60_000;

interface Sizes {
  readonly atMs: number;
  readonly found: Promise<ReadonlyMap<string, number>>;
}

/** The whole installation in figures. */
@Injectable()
export class StatisticsService {
  private readonly sizes = new Map<EnvironmentId, Sizes>();

  constructor(
    private readonly access: AccessService,
    private readonly clock: Clock,
    private readonly containers: ContainerListService,
    private readonly environments: EnvironmentsService,
    private readonly layers: LayerSizes,
    private readonly operations: OperationsService,
    private readonly people: PeopleListService,
    private readonly presets: PresetsService,
    private readonly sampler: UsageSamplerService,
    private readonly volumes: VolumesService,
    private readonly volumeData: VolumeDataService,
  ) {}

  async read(actor: Actor): Promise<Statistics> {
    this.access.require(actor, 'environments.metrics', null);
    const containers = this.containers.all(actor);
    const volumes = await this.volumes.list(actor, {});
    const [people, presets, takings] = await Promise.all([
      this.people.all(actor),
      this.presets.list(actor),
      this.takings(containers, volumes.items),
    ]);
    return {
      at: toIso(this.clock.now()),
      people: countPeople(people),
      containers: countContainers(containers),
      operations: countOperations(this.operations.underWay()),
      presets: countPresets(presets.items),
      topPeople: topPeople(takings),
      newest: newestOf(containers),
      takings: byMemory(takings),
    };
  }

  private async takings(containers: readonly Container[], volumes: readonly Volume[]): Promise<ContainerTaking[]> {
    const volumesOf = new Map<ContainerId, Volume[]>();
    for (const volume of volumes)
      if (volume.container) volumesOf.set(volume.container.id, [...(volumesOf.get(volume.container.id) ?? []), volume]);
    const ids = [...new Set(containers.map(({ environmentId }) => environmentId))];
    const sizes = new Map(await Promise.all(ids.map(async (id) => [id, await this.sizesOn(id)] as const)));
    return containers.map(({ id, environmentId, name, status, owner }) => {
      const usage = this.sampler.latest(id);
      const hostBytes = this.sampler.latestOfHost(environmentId)?.totalMemoryBytes;
      const memoryBytes = usage?.memoryBytes ?? null;
      const kept = volumesOf.get(id) ?? [];
      return {
        id,
        name,
        status,
        owner,
        memoryBytes,
        memoryLimitBytes: usage?.memoryLimitBytes ?? null,
        hostShare: memoryBytes === null || !hostBytes ? null : memoryBytes / hostBytes,
        diskBytes: this.layers.latest(id) ?? null,
        volumeBytes: volumeBytes(kept, sizes.get(environmentId) ?? new Map<string, number>()),
        workspace: workspaceOf(kept, this.environments.engineOf(environmentId).workspacesDir),
      };
    });
  }

  private sizesOn(id: EnvironmentId): Promise<ReadonlyMap<string, number>> {
    const known = this.sizes.get(id);
    if (known && this.clock.now() - known.atMs < SIZES_HOLD_MS) return known.found;
    const found = this.volumeData.sizes(id);
    this.sizes.set(id, { atMs: this.clock.now(), found });
    // What went wrong is asked for again by the next one.
    found.catch(() => this.sizes.delete(id));
    return found;
  }
}
