import type { Capability, ErrorEnvelope } from '@bailiwick/contract';
import type { Missing } from './request-access.tsx';

type ContainerId = Extract<Missing['target'], { kind: 'container' }>['id'];

// By hand: every page has the faces of a refusal, and the contract's schemas are heavy.
const isContainerId = (value: unknown): value is ContainerId => typeof value === 'string' && value.startsWith('ct_');
const isCapability = (value: unknown): value is Capability => typeof value === 'string' && /^\w+\.\w+$/.test(value);

/** What a refusal says is missing, where it is something on a container that can be asked for; null elsewhere. */
export function askableIn({ code, params }: Pick<ErrorEnvelope, 'code' | 'params'>): Missing | null {
  const resource = params?.['resource'];
  const missing = params?.['missing'];
  if (code !== 'forbidden' || !isContainerId(resource) || !Array.isArray(missing)) return null;
  const capabilities = missing.filter(isCapability);
  return capabilities.length === 0 ? null : { target: { kind: 'container', id: resource }, name: null, capabilities };
}
