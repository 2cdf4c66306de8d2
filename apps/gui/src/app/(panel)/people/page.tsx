import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { RoleList, TenantList, UserList } from '@bailiwick/contract';
import { PeoplePage } from '../../../features/people/people-page.tsx';
import { type Parameters, readPeopleView, selectPeople } from '../../../features/people/people-view.rules.ts';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore } from '../../../lib/core.ts';

interface Props {
  searchParams: Promise<Parameters>;
}

/** What is sent with the page; the browser asks for the rest. */
const FIRST_ROWS = 60;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('people'))('title') };
}

export default async function PeopleListPage({ searchParams }: Props) {
  const [view, people, tenants, roles] = await Promise.all([
    searchParams.then(readPeopleView),
    readCore('/users', UserList),
    readCore('/tenants', TenantList),
    readCore('/roles', RoleList),
  ]);
  if (!people.ok) return <Failure error={people.error} />;
  const { items, unread } = people.value;
  // A short list is sent whole: then it is the browser that filters it.
  const rows = items.length <= FIRST_ROWS ? items : selectPeople(items, view).slice(0, FIRST_ROWS);
  return (
    <PeoplePage
      first={{ items: rows, total: items.length, unread }}
      tenants={tenants.ok ? tenants.value.items : []}
      roles={roles.ok ? roles.value.items : []}
    />
  );
}
