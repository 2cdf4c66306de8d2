import type { Metadata } from 'next';
import { RoleList } from '@bailiwick/contract';
import { GoneRole } from '../../../../../features/roles/gone-role.tsx';
import { OFFERED_CAPABILITIES } from '../../../../../features/roles/offered-capabilities.ts';
import { RolePage } from '../../../../../features/roles/role-page.tsx';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { readCore } from '../../../../../lib/core.ts';

interface Props {
  params: Promise<{ name: string }>;
  searchParams: Promise<{ from?: string | string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

export default async function RoleEditorPage({ params, searchParams }: Props) {
  const [{ name }, { from }, roles] = await Promise.all([params, searchParams, readCore('/roles', RoleList)]);
  if (!roles.ok) return <Failure error={roles.error} />;
  const { items } = roles.value;
  const role = items.find((each) => each.name === decodeURIComponent(name));
  if (!role) return <GoneRole />;
  const copied = items.find((each) => each.name === from);
  return (
    <RolePage
      key={role.name}
      role={role}
      roles={items}
      offered={OFFERED_CAPABILITIES}
      comparedWith={copied?.name ?? null}
    />
  );
}
