import { CgroupUsage } from './cgroup-usage.driver.js';
import type { DockerCalls } from './docker-calls.js';
import { DockerStats } from './docker-stats.js';
import type { CountedUsage } from './usage.js';

/** What containers use: by the files of their kernel where those can be seen, else as the engine tells it. */
export class DockerUsage {
  hostMemoryBytes: number | null = null;
  private readonly groups = new CgroupUsage();
  private readonly stats: DockerStats;

  constructor(calls: DockerCalls) {
    this.stats = new DockerStats(calls);
  }

  read(engineId: string, pid: number, isOnThisHost: boolean): CountedUsage | undefined {
    const seen = isOnThisHost ? this.groups.read(engineId, pid) : undefined;
    // Where those files were seen, one without has just ended: no stream would say more.
    return seen ?? (this.groups.areSeen ? undefined : this.stats.read(engineId, this.hostMemoryBytes));
  }

  /** Of the others nothing is remembered; a stream nobody asked for any more ends. */
  keepOnly(engineIds: ReadonlySet<string>): void {
    this.groups.keepOnly(engineIds);
    this.stats.sweep();
  }

  close(): void {
    this.stats.close();
  }
}
