import { toCgroupDriver } from './docker-answers.rules.js';
import type { CgroupDriver } from './cgroup-parent.rules.js';
import { type DockerCalls, LIMIT_MS } from './docker-calls.js';

/** How a Docker Engine keeps its cgroups: asked once for each connection, for it changes with a restart alone. */
export class DockerCgroups {
  private known: { readonly connection: object; readonly driver: CgroupDriver } | undefined;

  constructor(private readonly calls: DockerCalls) {}

  async driver(signal?: AbortSignal): Promise<CgroupDriver> {
    const connection = await this.calls.connected();
    if (this.known?.connection === connection) return this.known.driver;
    const call = { call: 'info', noun: 'engine', name: '', limitMs: LIMIT_MS.ask, signal } as const;
    const driver = toCgroupDriver(await this.calls.ask(call, (docker, abortSignal) => docker.info({ abortSignal })));
    this.known = { connection, driver };
    return driver;
  }
}
