import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { RoleList } from '@bailiwick/contract';
import { OFFERED_CAPABILITIES } from '../../../../features/roles/offered-capabilities.ts';
import { RolesPage } from '../../../../features/roles/roles-page.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('roles'))('title') };
}

export default async function RoleListPage() {
  const roles = await readCore('/roles', RoleList);
  if (!roles.ok) return <Failure error={roles.error} />;
  return <RolesPage roles={roles.value.items} offered={OFFERED_CAPABILITIES} />;
}
