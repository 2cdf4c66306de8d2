import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TenantList } from '@bailiwick/contract';
import { Failure } from '../../../features/shell/failure.tsx';
import { TenantsPage } from '../../../features/tenants/tenants-page.tsx';
import { readCore } from '../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('tenants'))('title') };
}

export default async function TenantListPage() {
  const tenants = await readCore('/tenants', TenantList);
  if (!tenants.ok) return <Failure error={tenants.error} />;
  return <TenantsPage tenants={tenants.value.items} />;
}
