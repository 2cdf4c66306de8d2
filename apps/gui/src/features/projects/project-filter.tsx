'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Tenant } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/input.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { ALL_PROJECTS, filterCount, type ProjectView } from './project-view.rules.ts';
import { TenantChoice } from '../tenants/tenant-choice.tsx';

interface Props {
  view: ProjectView;
  tags: readonly string[];
  tenants: readonly Tenant[];
  shown: number;
  total: number;
  onShow: (view: ProjectView, how?: 'replace' | 'push') => void;
}

export function ProjectFilter({ view, tags, tenants, shown, total, onShow }: Props) {
  const t = useTranslations('projects.filter');
  const count = filterCount(view);
  return (
    <form
      action="/projects"
      role="search"
      aria-label={t('label')}
      className="mb-3 flex flex-wrap items-center gap-2"
      onSubmit={(event) => event.preventDefault()}
    >
      {view.tab === 'archived' && <input type="hidden" name="tab" value="archived" />}
      <SearchField
        label={t('search')}
        placeholder={t('search')}
        value={view.q}
        onSearch={(q) => onShow({ ...view, q })}
      />
      {(tags.length > 0 || view.tag !== '') && (
        <label>
          <span className="sr-only">{t('tag')}</span>
          <Select
            name="tag"
            value={view.tag}
            className="w-auto max-w-48"
            onChange={({ target }) => onShow({ ...view, tag: target.value }, 'push')}
          >
            <option value="">{t('anyTag')}</option>
            {(tags.includes(view.tag) || view.tag === '' ? tags : [view.tag, ...tags]).map((tag) => (
              <option key={tag} value={tag} translate="no">
                {tag}
              </option>
            ))}
          </Select>
        </label>
      )}
      <TenantChoice
        tenants={tenants}
        by="slug"
        value={view.tenant}
        onChoose={(tenant) => onShow({ ...view, tenant }, 'push')}
      />
      {count > 0 && (
        <>
          <Button look="ghost" onClick={() => onShow({ ...ALL_PROJECTS, tab: view.tab }, 'push')}>
            <X aria-hidden />
            {t('clear', { count })}
          </Button>
          <span role="status" className="text-fg-3 tabular-nums">
            {t('shown', { shown, total })}
          </span>
        </>
      )}
    </form>
  );
}
