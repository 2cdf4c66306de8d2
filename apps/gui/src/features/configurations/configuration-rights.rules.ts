import {
  type Capability,
  type Configuration,
  CONFIGURATION_NEEDS,
  type FieldChange,
  type Rights,
  type Why,
} from '@bailiwick/contract';

/** Why somebody may not change what takes this right; null where they may. */
export const refusalOf = ({ can, why }: Rights, capability: Capability): Why | null =>
  can.includes(capability) ? null : (why[capability] ?? { code: 'missing_capability', params: { capability } });

export const mayChangeSomething = ({ can }: Rights): boolean =>
  Object.values(CONFIGURATION_NEEDS).some((each) => can.includes(each));

/** Whether it answers nobody for a while: two of it cannot share a host port or the files of a volume. */
export function isInterrupted({ ports, volumes }: Configuration, fields: readonly FieldChange[]): boolean {
  if (volumes.length > 0) return true;
  const change = fields.find(({ field }) => field === 'ports');
  const after = new Set(hostPortsIn(change === undefined ? ports : change.to));
  return hostPortsIn(ports).some((port) => after.has(port));
}

function hostPortsIn(ports: unknown): string[] {
  if (!Array.isArray(ports)) return [];
  return ports.flatMap((port: unknown) =>
    typeof port === 'object' && port !== null && 'hostPort' in port && 'protocol' in port
      ? [`${String(port.hostPort)}/${String(port.protocol)}`]
      : [],
  );
}
