import { describe, expect, it } from '@jest/globals';
import { aProject } from '../../../test/projects.ts';
import { PROJECT_RULES, toTags, toValues } from './project-form.rules.ts';
import {
  ALL_PROJECTS,
  filterCount,
  type ProjectView,
  readProjectView,
  selectProjects,
  tagsIn,
  writeProjectView,
} from './project-view.rules.ts';

describe('the list of projects', () => {
  it('reads back exactly the view it wrote, and takes a made-up address without harm', () => {
    const views: ProjectView[] = [ALL_PROJECTS, { tab: 'archived', q: 'a & b', tag: 'web', tenant: 'acme' }];
    for (const view of views) expect(readProjectView(new URLSearchParams(writeProjectView(view)))).toEqual(view);
    expect(writeProjectView(ALL_PROJECTS)).toBe('');
    expect(readProjectView(new URLSearchParams('tab=nonsense'))).toEqual(ALL_PROJECTS);
    expect(filterCount({ tab: 'archived', q: ' ', tag: 'web', tenant: '' })).toBe(1);
  });

  it('shows what is active or what is archived, by words, tag and tenant', () => {
    const all = [
      aProject({ name: 'Old', archivedAt: '2026-01-02T00:00:00.000Z' }),
      aProject(),
      aProject({ name: 'Lab', tags: [] }),
    ];
    const names = (view: Partial<ProjectView>) =>
      selectProjects(all, { ...ALL_PROJECTS, ...view }).map(({ name }) => name);
    expect(names({})).toEqual(['Lab', 'Shop']);
    expect(names({ tab: 'archived' })).toEqual(['Old']);
    expect(names({ tag: 'web' })).toEqual(['Shop']);
    expect(names({ q: 'TEA lab' })).toEqual(['Lab']);
    expect(names({ tenant: 'other' })).toEqual([]);
    expect(tagsIn(all)).toEqual(['web']);
  });
});

describe('the form of a project', () => {
  it('refuses what is no name and no list of tags, and shows the quota that stands', () => {
    expect(toValues(aProject())).toMatchObject({ name: 'Shop', tags: 'web', containers: '', memory: '' });
    expect(PROJECT_RULES.name(' x ')).toBe(false);
    expect(toTags(' web, shop,, web ')).toEqual(['web', 'shop']);
    expect(PROJECT_RULES.tags('x'.repeat(33))).toBe(false);
  });
});
