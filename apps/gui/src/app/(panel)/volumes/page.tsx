import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TenantList, VolumeList } from '@bailiwick/contract';
import { Failure } from '../../../features/shell/failure.tsx';
import { VolumesPage } from '../../../features/volumes/volumes-page.tsx';
import { readCore } from '../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('volumes'))('title') };
}

export default async function VolumeListPage() {
  const [volumes, tenants] = await Promise.all([readCore('/volumes', VolumeList), readCore('/tenants', TenantList)]);
  if (!volumes.ok) return <Failure error={volumes.error} />;
  return <VolumesPage initial={volumes.value} tenants={tenants.ok ? tenants.value.items : []} />;
}
