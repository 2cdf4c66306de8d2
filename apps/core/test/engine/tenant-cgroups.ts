import { existsSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import path from 'node:path';
import type Docker from 'dockerode';

const MOUNT = '/sys/fs/cgroup';

/** How this engine calls the place of a tenant's containers. */
export async function tenantCgroup(docker: Docker, tenantId: string): Promise<string> {
  const { CgroupDriver } = await docker.info();
  return CgroupDriver === 'systemd' ? `bailiwick-${tenantId}.slice` : `/bailiwick/${tenantId}`;
}

/** Where the kernel has a process of a container, one line for each hierarchy. */
export const cgroupsOf = (pid: number, engineId: string): string[] =>
  readFileSync(`/proc/${pid}/cgroup`, 'utf8')
    .split('\n')
    .filter((line) => line.includes(engineId));

/** An engine leaves the place of a tenant behind, empty; a test's tenants do not come back. */
export function removeTenantCgroup(tenantId: string): void {
  if (process.getuid?.() !== 0 || !existsSync(MOUNT)) return;
  for (const hierarchy of ['', ...readdirSync(MOUNT)]) {
    const place = path.join(MOUNT, hierarchy, 'bailiwick', tenantId);
    if (existsSync(place)) rmdirSync(place);
  }
}
