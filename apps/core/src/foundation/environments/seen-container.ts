import type { ContainerId, EnvironmentId, ProjectId, StackKey, TenantId, UserId } from '@bailiwick/contract';
import type { EngineContainer, EngineEvent } from './engine.js';

/** What an engine says of a container, together with what we know of it. */
export interface SeenContainer extends EngineContainer {
  readonly id: ContainerId;
  readonly environmentId: EnvironmentId;
  readonly tenantId: TenantId;
  readonly ownerId: UserId | null;
  readonly ownerName: string | null;
  readonly managed: boolean;
  readonly preset: string | null;
  readonly projectId: ProjectId | null;
  /** The compose project it belongs to, on its environment. */
  readonly stack: StackKey | null;
}

/** What the mirror noticed. `version` is the mirror's after the change. */
export type ContainerChange =
  | { readonly type: 'upsert'; readonly container: SeenContainer; readonly version: number }
  | { readonly type: 'remove'; readonly container: SeenContainer; readonly version: number };

declare module '../../kernel/events.js' {
  interface CoreEvents {
    'container.changed': ContainerChange;
    /** A run of it ended; `container` is as it was known before. */
    'container.ended': { container: SeenContainer; exitCode: number | null; atMs: number };
    /** What its engine told of it, in order; `container` is as it is after that, or was where it is no more. */
    'engine.announced': { container: SeenContainer; event: EngineEvent };
    /** State, reason or information of an environment changed. */
    'environment.changed': { environmentId: EnvironmentId };
  }
}
