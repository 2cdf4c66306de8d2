import { useQuery } from '@tanstack/react-query';
import type { ContainerList, EnvironmentList, ProjectList, TenantList } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import type { ScopeKind } from './silence-form.rules.ts';

interface NamedThing {
  readonly id: string;
  readonly name: string;
}

/** What of a kind the reader sees, by name; undefined until it was read. */
export function useThings(kind: ScopeKind): readonly NamedThing[] | undefined {
  const { data } = useQuery({
    queryKey: ['silences', 'things', kind],
    queryFn: ({ signal }) => thingsOf(kind, signal),
    enabled: kind !== 'everywhere',
  });
  return data;
}

async function thingsOf(kind: ScopeKind, signal: AbortSignal): Promise<readonly NamedThing[]> {
  switch (kind) {
    case 'everywhere':
      return [];
    case 'container':
      return (await api<ContainerList>('GET', '/containers', { signal })).items;
    case 'project':
      return (await api<ProjectList>('GET', '/projects', { signal })).items;
    case 'environment':
      return (await api<EnvironmentList>('GET', '/environments', { signal })).items;
    case 'tenant':
      return (await api<TenantList>('GET', '/tenants', { signal })).items;
  }
}
