import type { ListProjects } from '@bailiwick/contract';
import type { ProjectRow } from '../../foundation/access/project.entity.js';
import { conflict } from '../../kernel/errors.js';

export const nameKeyOf = (name: string): string => name.normalize('NFC').toLocaleLowerCase('en');

/** 409: it has to be restored first. */
export function assertActive({ name, archivedAt }: Pick<ProjectRow, 'name' | 'archivedAt'>): void {
  if (archivedAt !== null)
    throw conflict('wrong_state', `${name} is archived. Restore it first.`, { params: { state: 'archived' } });
}

export function isAskedFor(
  { name, tags, description, archivedAt, tenantId }: ProjectRow,
  { tab, q }: Pick<ListProjects, 'tab' | 'q'>,
  tenant: string | undefined,
): boolean {
  if ((archivedAt !== null) !== (tab === 'archived')) return false;
  if (tenant !== undefined && tenant !== tenantId) return false;
  const text = q?.toLowerCase();
  return text === undefined || [name, description, ...tags].some((part) => part.toLowerCase().includes(text));
}
