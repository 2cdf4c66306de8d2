import { type Advice, type ContainerAdvice, MIB } from '@bailiwick/contract';

/** The settings of a container with the limits that are proposed typed in already, to be reviewed. */
export function planAddress({ containerId, items }: Pick<ContainerAdvice, 'containerId' | 'items'>): string {
  const query = new URLSearchParams();
  for (const { kind, proposed } of items) query.set(isOfMemory(kind) ? 'memoryMib' : 'cpus', String(isOfMemory(kind) ? Math.round(proposed / MIB) : proposed)); // prettier-ignore
  return `/containers/${containerId}/settings?${query.toString()}`;
}

export const isOfMemory = (kind: Advice['kind']): boolean => kind === 'memoryTooMuch' || kind === 'memoryTooLittle';

/** Whether somebody may do something about it here. */
export const mayPlan = ({ changeable, rights }: ContainerAdvice): boolean =>
  changeable && rights.can.includes('containers.settingsResources');
