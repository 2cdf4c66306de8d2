import type { ContainerId } from '@bailiwick/contract';

const NAME = /^[a-z0-9][a-z0-9-]{0,39}\/ct_[a-z2-7]{16}$/;

/** Where a managed workspace lies under the workspaces' folder. No engine takes a slash in the name of a volume. */
export const workspaceName = (tenantSlug: string, containerId: ContainerId): string => `${tenantSlug}/${containerId}`;

/** What a workspace is called among the volumes of its container. */
export const WORKSPACE = 'workspace';

/** Nothing that could lead out of that folder is one. */
export const isWorkspace = (name: string): boolean => NAME.test(name);
