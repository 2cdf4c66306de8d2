import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuditList, TenantList } from '@bailiwick/contract';
import { AuditPage } from '../../../features/audit/audit-page.tsx';
import { type AuditView, readAuditView, toFilter, toQuery } from '../../../features/audit/audit-view.rules.ts';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore } from '../../../lib/core.ts';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') };
}

export default async function AuditLogPage({ searchParams }: Props) {
  const params = await searchParams;
  const view = readAuditView(params);
  const { filter, list, tenants } = await readPage(view, params['cursor']);
  if (!list.ok) return <Failure error={list.error} />;
  return (
    <AuditPage
      list={list.value}
      view={view}
      filter={filter}
      tenants={tenants.ok ? tenants.value.items.map(({ id, name }) => ({ id, name })) : []}
    />
  );
}

async function readPage(view: AuditView, cursor: string | string[] | undefined) {
  const filter = toFilter(view, Date.now());
  const query = toQuery(filter);
  if (typeof cursor === 'string') query.set('cursor', cursor);
  const [list, tenants] = await Promise.all([readCore(`/audit?${query}`, AuditList), readCore('/tenants', TenantList)]);
  return { filter, list, tenants };
}
