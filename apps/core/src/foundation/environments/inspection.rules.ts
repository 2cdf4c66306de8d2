import type { EngineContainer, EngineInspection } from './engine.js';

/** What a list would have said: the mirror keeps this and not the rest. */
export function withoutDetails(inspection: EngineInspection): EngineContainer {
  return {
    engineId: inspection.engineId,
    name: inspection.name,
    image: inspection.image,
    imageId: inspection.imageId,
    state: inspection.state,
    health: inspection.health,
    exitCode: inspection.exitCode,
    oomKilled: inspection.oomKilled,
    createdAtMs: inspection.createdAtMs,
    startedAtMs: inspection.startedAtMs,
    finishedAtMs: inspection.finishedAtMs,
    ports: inspection.ports,
    labels: inspection.labels,
    networks: inspection.networks,
  };
}
