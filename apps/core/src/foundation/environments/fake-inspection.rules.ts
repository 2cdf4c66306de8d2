import type { EngineContainer, EngineInspection } from './engine.js';
import type { FakeContainer } from './fake-container.js';
import { withoutDetails } from './inspection.rules.js';
import { isWorkspace } from './workspace-name.rules.js';

export const listFake = (container: FakeContainer): EngineContainer => withoutDetails(inspectFake(container, null));

export function inspectFake(container: FakeContainer, workspacesDir: string | null): EngineInspection {
  const { spec, image } = container;
  return {
    engineId: container.engineId,
    name: container.name,
    image: spec.image,
    imageId: image.id,
    state: container.state,
    health: container.health,
    exitCode: container.exitCode,
    oomKilled: container.oomKilled,
    createdAtMs: container.createdAtMs,
    startedAtMs: container.startedAtMs,
    finishedAtMs: container.finishedAtMs,
    // An engine publishes while the container is up; a restart policy keeps the ports.
    ports: container.isUp ? spec.ports.map((port) => ({ ...port })) : [],
    labels: { ...spec.tags, ...spec.labels },
    networks: [...container.networks].sort(),
    command: spec.command ?? image.command,
    entrypoint: spec.entrypoint ?? image.entrypoint,
    workingDir: '/',
    user: spec.user ?? image.user,
    env: Object.entries(spec.env).map(([name, value]) => `${name}=${value}`),
    tty: false,
    stdinOpen: spec.stdinOpen,
    portRules: spec.ports.map((port) => ({ ...port })),
    restartPolicy: { ...container.restartPolicy },
    restartCount: container.restartCount,
    pid: container.isUp ? 1 : null,
    mounts: [
      ...spec.volumes.map(({ name, target }) => ({
        ...(isWorkspace(name)
          ? { type: 'bind', name: null, source: `${workspacesDir}/${name}` }
          : { type: 'volume', name, source: `/var/lib/docker/volumes/${name}/_data` }),
        target,
        readOnly: false,
      })),
      ...(spec.binds ?? []).map((bind) => ({ type: 'bind', name: null, ...bind })),
    ],
    networkAddresses: [...container.networks].map((name) => ({ name, ip: container.isUp ? '172.20.0.2' : null })),
    limits: { memoryBytes: spec.memoryBytes, cpus: spec.cpus, pids: spec.pids },
    healthProbes: [...container.healthProbes],
    making: {
      memorySwapBytes: spec.memorySwapBytes,
      cpuQuota: spec.cpuQuota,
      cpuShares: spec.cpuShares,
      cpuset: spec.cpuset,
      shmBytes: spec.shmBytes,
      health: spec.health,
      unsafe: [...container.unsafe],
      beyond: [...container.beyond],
    },
    raw: {
      Id: container.engineId,
      Name: `/${container.name}`,
      State: { Status: container.state, ExitCode: container.exitCode ?? 0, OOMKilled: container.oomKilled },
      Config: { Image: spec.image, Labels: spec.labels },
    },
  };
}
