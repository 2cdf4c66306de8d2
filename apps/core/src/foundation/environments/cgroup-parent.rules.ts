import { TenantId } from '@bailiwick/contract';

/** Who keeps an engine's cgroups: it names them differently for each. `none` where it may make none at all. */
export type CgroupDriver = 'cgroupfs' | 'systemd' | 'none';

/** Where the containers of one tenant stand together on a host, so that its keeper can bound them together. */
export function cgroupParent(tenant: TenantId, driver: CgroupDriver): string | undefined {
  if (driver === 'none') return undefined;
  // A dash in the name of a slice is a step down: this one lies in `bailiwick.slice`. An id of ours has none.
  return driver === 'systemd' ? `bailiwick-${tenant}.slice` : `/bailiwick/${tenant}`;
}

/** The tenant our labels name; nothing but an id of ours ever becomes part of a path. */
export const tenantIn = (labels: Readonly<Record<string, string>>): TenantId | undefined =>
  TenantId.safeParse(labels['bailiwick.tenant']).data;
