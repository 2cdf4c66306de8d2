'use client';

import { Upload, UserPlus, Users } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Role, Tenant } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useMay } from '../identity/me.tsx';
import { AddPerson } from './add-person.tsx';
import { ImportPeople } from './import-people.tsx';
import { EVERYBODY, filterCount, selectPeople } from './people-view.rules.ts';
import { PeopleFilter } from './people-filter.tsx';
import { type FirstPeople, useLivePeople, usePeople, usePeopleView } from './people-hooks.ts';
import { PeopleTable } from './people-table.tsx';
import { PeopleTabs } from './people-tabs.tsx';
import { usePersonActions } from './person-actions.tsx';
import { StaleNotice } from '../shell/stale-notice.tsx';

interface Props {
  /** The first rows as the server saw them; the browser asks for the rest. */
  first: FirstPeople;
  tenants: readonly Tenant[];
  roles: readonly Role[];
}

/** Everybody who may sign in: found, added, looked after. */
export function PeoplePage({ first, tenants, roles }: Props) {
  const t = useTranslations('people');
  const { data, error, refetch, isFetching } = usePeople(first);
  useLivePeople(first);
  const { view, show } = usePeopleView();
  const actions = usePersonActions();
  const mayAdd = useMay('people.create');
  const [dialog, setDialog] = useState<'none' | 'add' | 'import'>('none');
  const close = () => setDialog('none');

  const people = data ? selectPeople(data.items, view) : first.items;
  const total = data ? data.items.length : first.total;
  const count = filterCount(view);
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={<span className="text-fg-3 tabular-nums">{t('count', { count: total })}</span>}
        actions={
          mayAdd && (
            <>
              <Button onClick={() => setDialog('import')}>
                <Upload aria-hidden />
                {t('import.open')}
              </Button>
              <Button look="primary" onClick={() => setDialog('add')}>
                <UserPlus aria-hidden />
                {t('add.open')}
              </Button>
            </>
          )
        }
      />
      <PeopleTabs current="people" />
      <Unread tenants={data ? data.unread : first.unread} onRetry={() => void refetch()} />
      {error instanceof ApiError && (
        <StaleNotice error={error} title={t('stale')} busy={isFetching} onRetry={() => void refetch()} />
      )}
      <PeopleFilter view={view} tenants={tenants} shown={people.length} total={total} onShow={show} />
      <PeopleTable
        people={people}
        actions={actions}
        empty={
          count > 0 ? (
            <EmptyState
              icon={Users}
              title={t('empty.filteredTitle', { count })}
              actions={<Button onClick={() => show(EVERYBODY, 'push')}>{t('filter.clear', { count })}</Button>}
            />
          ) : (
            <EmptyState icon={Users} title={t('empty.title')}>
              <p>{t('empty.text')}</p>
            </EmptyState>
          )
        }
      />
      {dialog === 'add' && <AddPerson tenants={tenants} roles={roles} onClose={close} />}
      {dialog === 'import' && <ImportPeople tenants={tenants} onClose={close} />}
      {actions.dialog}
    </>
  );
}

/** Tenants whose people are missing here, by name. */
function Unread({ tenants, onRetry }: { tenants: readonly string[]; onRetry: () => void }) {
  const t = useTranslations('people.unread');
  const common = useTranslations('common');
  if (tenants.length === 0) return null;
  return (
    <Banner
      tone="warning"
      className="mb-3"
      title={t('title', { count: tenants.length, names: tenants.join(', ') })}
      actions={<Button onClick={onRetry}>{common('retry')}</Button>}
    >
      {t('text')}
    </Banner>
  );
}
