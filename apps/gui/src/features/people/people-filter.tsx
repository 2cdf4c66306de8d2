'use client';

import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Tenant } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/input.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import {
  EVERYBODY,
  filterCount,
  type PeopleView,
  PLATFORM_ROLES,
  toRole,
  toState,
  toTwoFactor,
  TWO_FACTORS,
  USER_STATES,
} from './people-view.rules.ts';
import { TenantChoice } from '../tenants/tenant-choice.tsx';

interface Props {
  view: PeopleView;
  tenants: readonly Tenant[];
  /** How many people are meant, of how many. */
  shown: number;
  total: number;
  onShow: (view: PeopleView, how?: 'replace' | 'push') => void;
}

/** The filters of the list; without JavaScript the same form loads the same address. */
export function PeopleFilter({ view, tenants, shown, total, onShow }: Props) {
  const t = useTranslations('people.filter');
  const roles = useTranslations('shell.account.role');
  const status = useTranslations('people.status');
  const count = filterCount(view);
  return (
    <form
      action="/people"
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
      <TenantChoice
        tenants={tenants}
        by="slug"
        value={view.tenant}
        onChoose={(tenant) => onShow({ ...view, tenant }, 'push')}
      />
      <label>
        <span className="sr-only">{t('role')}</span>
        <Select
          name="role"
          value={view.role}
          className="w-auto"
          onChange={({ target }) => onShow({ ...view, role: toRole(target.value) }, 'push')}
        >
          <option value="">{t('anyRole')}</option>
          {PLATFORM_ROLES.map((role) => (
            <option key={role} value={role}>
              {roles(role)}
            </option>
          ))}
        </Select>
      </label>
      <label>
        <span className="sr-only">{t('state')}</span>
        <Select
          name="state"
          value={view.state}
          className="w-auto"
          onChange={({ target }) => onShow({ ...view, state: toState(target.value) }, 'push')}
        >
          <option value="">{t('anyState')}</option>
          {USER_STATES.map((state) => (
            <option key={state} value={state}>
              {status(state)}
            </option>
          ))}
        </Select>
      </label>
      <label>
        <span className="sr-only">{t('twoFactor')}</span>
        <Select
          name="twoFactor"
          value={view.twoFactor}
          className="w-auto"
          onChange={({ target }) => onShow({ ...view, twoFactor: toTwoFactor(target.value) }, 'push')}
        >
          <option value="">{t('anyTwoFactor')}</option>
          {TWO_FACTORS.map((each) => (
            <option key={each} value={each}>
              {t(`twoFactors.${each}`)}
            </option>
          ))}
        </Select>
      </label>
      <noscript>
        <Button type="submit">{t('apply')}</Button>
      </noscript>
      {count > 0 && (
        <>
          <Button look="ghost" onClick={() => onShow(EVERYBODY, 'push')}>
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
