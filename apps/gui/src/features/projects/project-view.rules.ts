import type { Project } from '@bailiwick/contract';

export type ProjectTab = 'active' | 'archived';

/** What the address says about the list. */
export interface ProjectView {
  tab: ProjectTab;
  q: string;
  tag: string;
  /** A slug. */
  tenant: string;
}

export const ALL_PROJECTS: ProjectView = { tab: 'active', q: '', tag: '', tenant: '' };

export const readProjectView = (parameters: URLSearchParams): ProjectView => ({
  tab: parameters.get('tab') === 'archived' ? 'archived' : 'active',
  q: (parameters.get('q') ?? '').slice(0, 200),
  tag: (parameters.get('tag') ?? '').slice(0, 32),
  tenant: (parameters.get('tenant') ?? '').slice(0, 64),
});

/** The query string of a view; empty for all that are active. */
export function writeProjectView(view: ProjectView): string {
  const named = Object.entries(view).filter(([key, value]) => value !== '' && !(key === 'tab' && value === 'active'));
  return named.length === 0 ? '' : `?${new URLSearchParams(named)}`;
}

/** The tab hides nothing of its own kind: it is no filter. */
export const filterCount = ({ q, tag, tenant }: ProjectView): number =>
  [q.trim(), tag, tenant].filter((each) => each !== '').length;

export const tabOf = ({ archivedAt }: Pick<Project, 'archivedAt'>): ProjectTab =>
  archivedAt === null ? 'active' : 'archived';

export function selectProjects(projects: readonly Project[], { tab, q, tag, tenant }: ProjectView): Project[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return projects
    .filter(
      (project) =>
        tabOf(project) === tab &&
        (tag === '' || project.tags.includes(tag)) &&
        (tenant === '' || project.tenant.slug === tenant) &&
        words.every((word) => textOf(project).includes(word)),
    )
    .sort((one, other) => one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1));
}

/** Every tag there is, once. */
export const tagsIn = (projects: readonly Project[]): string[] =>
  [...new Set(projects.flatMap(({ tags }) => tags))].sort((one, other) => one.localeCompare(other));

const textOf = ({ name, description, tags, tenant }: Project): string =>
  [name, description, ...tags, tenant.name].join('\n').toLowerCase();
