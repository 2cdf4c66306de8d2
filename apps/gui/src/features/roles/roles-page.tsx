'use client';

import { BadgeCheck, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Role } from '@bailiwick/contract';
import { useFollowed } from '../../lib/live-hooks.ts';
import { Button } from '../../ui/button.tsx';
import { ActionsHead, CardHead, CardTable } from '../../ui/card-table.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { AccessTabs } from '../access/access-tabs.tsx';
import { useMay } from '../identity/me.tsx';
import { DeleteRole } from './delete-role.tsx';
import { NewRole } from './new-role.tsx';
import type { OfferedCapability } from './role-editor.rules.ts';
import { RoleRow } from './role-row.tsx';

export type RoleDialog = { kind: 'add'; from: string } | { kind: 'delete'; role: Role };

/** What people can be, in their tenant and on what they are given. */
export function RolesPage({
  roles: initial,
  offered,
}: {
  roles: readonly Role[];
  offered: readonly OfferedCapability[];
}) {
  const t = useTranslations('roles');
  const roles = useFollowed('roles', initial).toSorted(inOrder);
  const mayChange = useMay('roles.update');
  const [dialog, setDialog] = useState<RoleDialog | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <AccessTabs current="roles" />
      <PageHeader
        title={t('title')}
        aside={<span className="text-fg-3 tabular-nums">{t('count', { count: roles.length })}</span>}
        description={t('text')}
        actions={
          mayChange && (
            <Button look="primary" onClick={() => setDialog({ kind: 'add', from: '' })}>
              <Plus aria-hidden />
              {t('form.add')}
            </Button>
          )
        }
      />
      {roles.length === 0 ? (
        <EmptyState icon={BadgeCheck} title={t('empty')} />
      ) : (
        <CardTable
          caption={t('caption')}
          head={
            <>
              <CardHead className="w-[34%]">{t('column.name')}</CardHead>
              <CardHead>{t('column.capabilities')}</CardHead>
              <CardHead className="text-end">{t('column.people')}</CardHead>
              <CardHead className="text-end">{t('column.grants')}</CardHead>
              <CardHead className="@max-[60rem]:hidden">{t('column.updated')}</CardHead>
              {mayChange && <ActionsHead label={t('column.actions')} />}
            </>
          }
        >
          {roles.map((role) => (
            <RoleRow key={role.id} role={role} offered={offered} mayChange={mayChange} onAsk={setDialog} />
          ))}
        </CardTable>
      )}
      {dialog?.kind === 'add' && <NewRole roles={roles} from={dialog.from} onClose={close} />}
      {dialog?.kind === 'delete' && <DeleteRole role={dialog.role} onClose={close} />}
    </>
  );
}

/** Those of this panel first: they are what somebody comes to change. */
const inOrder = (one: Role, other: Role): number =>
  Number(one.builtIn) - Number(other.builtIn) || (one.name < other.name ? -1 : 1);
