'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Container, Environment } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/input.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { isStatus, STATUSES } from '../containers/container-status.rules.ts';
import { isStaff } from '../identity/staff.rules.ts';
import { useMe } from '../identity/me.tsx';
import { type ContainerView, filterCount, PLAIN_VIEW } from './container-view.rules.ts';

type Owner = NonNullable<Container['owner']>;

interface Props {
  view: ContainerView;
  environments: readonly Environment[];
  /** Whose the containers are. */
  owners: readonly Owner[];
  /** Those some container is in. */
  projects: ReadonlyArray<NonNullable<Container['project']>>;
  /** How many rows match, of how many. */
  shown: number;
  total: number;
  onShow: (view: ContainerView, how?: 'replace' | 'push') => void;
}

/** The filters of the list; without JavaScript the same form loads the same address. */
export function ContainerFilter({ view, environments, owners, projects, shown, total, onShow }: Props) {
  const t = useTranslations('containers.filter');
  const status = useTranslations('containers.status');
  const count = filterCount(view);
  return (
    <form
      action="/containers"
      role="search"
      aria-label={t('label')}
      className="mb-3 flex flex-wrap items-center gap-2"
      onSubmit={(event) => event.preventDefault()}
    >
      <SearchField
        label={t('searchLabel')}
        placeholder={t('search')}
        value={view.q}
        onSearch={(q) => onShow({ ...view, q })}
      />
      <label>
        <span className="sr-only">{t('status')}</span>
        <Select
          name="status"
          value={view.status.length === 1 ? view.status[0] : ''}
          className="w-auto"
          onChange={({ target }) => onShow({ ...view, status: isStatus(target.value) ? [target.value] : [] }, 'push')}
        >
          <option value="">{t('anyStatus')}</option>
          {STATUSES.map((each) => (
            <option key={each} value={each}>
              {status(each)}
            </option>
          ))}
        </Select>
      </label>
      {environments.length > 1 && (
        <label>
          <span className="sr-only">{t('environment')}</span>
          <Select
            name="env"
            value={view.env}
            className="w-auto"
            onChange={({ target }) => onShow({ ...view, env: target.value }, 'push')}
          >
            <option value="">{t('anyEnvironment')}</option>
            {environments.map((environment) => (
              <option key={environment.id} value={environment.id}>
                {environment.name}
              </option>
            ))}
          </Select>
        </label>
      )}
      <OwnerSelect view={view} owners={owners} onShow={onShow} />
      {(projects.length > 0 || view.project !== '') && (
        <label>
          <span className="sr-only">{t('project')}</span>
          <Select
            name="project"
            value={view.project}
            className="w-auto max-w-48"
            onChange={({ target }) => onShow({ ...view, project: target.value }, 'push')}
          >
            <option value="">{t('anyProject')}</option>
            {projects.map(({ id, name }) => (
              <option key={id} value={id} translate="no">
                {name}
              </option>
            ))}
            {!projects.some(({ id }) => id === view.project) && view.project !== '' && (
              <option value={view.project}>{t('unknownProject')}</option>
            )}
          </Select>
        </label>
      )}
      <noscript>
        <Button type="submit">{t('apply')}</Button>
      </noscript>
      {count > 0 && (
        <>
          <Button look="ghost" onClick={() => onShow({ ...PLAIN_VIEW, sort: view.sort, peek: view.peek }, 'push')}>
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

/** For those who look after everybody’s containers. */
function OwnerSelect({ view, owners, onShow }: Pick<Props, 'view' | 'owners' | 'onShow'>) {
  const t = useTranslations('containers.filter');
  const { user } = useMe();
  if (!isStaff(user)) return null;
  const others = owners.filter(({ id }) => id !== user.id);
  const known = ['', 'me', ...others.map(({ id }) => id)];
  const value = view.owner === user.id ? 'me' : view.owner;
  return (
    <label>
      <span className="sr-only">{t('owner')}</span>
      <Select
        name="owner"
        value={value}
        className="w-auto max-w-48"
        onChange={({ target }) => onShow({ ...view, owner: target.value }, 'push')}
      >
        <option value="">{t('anyOwner')}</option>
        <option value="me">{t('mine')}</option>
        {others.map(({ id, displayName }) => (
          <option key={id} value={id}>
            {displayName}
          </option>
        ))}
        {!known.includes(value) && <option value={value}>{t('unknownOwner')}</option>}
      </Select>
    </label>
  );
}
