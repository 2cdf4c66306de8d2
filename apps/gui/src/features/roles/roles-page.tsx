'use client';

import { BadgeCheck, Ellipsis, Pencil, Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Role } from '@bailiwick/contract';
import { useFollowed } from '../../lib/live-hooks.ts';
import { Button } from '../../ui/button.tsx';
import { ActionsHead, CardCell, CardHead, CardRow, CardTable } from '../../ui/card-table.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../ui/menu.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useMay } from '../identity/me.tsx';
import { PeopleTabs } from '../people/people-tabs.tsx';
import { DeleteRole } from './delete-role.tsx';
import { RoleForm } from './role-form.tsx';

type RoleDialog = { kind: 'add' } | { kind: 'describe' | 'delete'; role: Role };

/** What people can be in their tenant. */
export function RolesPage({ roles: initial }: { roles: readonly Role[] }) {
  const t = useTranslations('roles');
  const roles = useFollowed('roles', initial).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const mayChange = useMay('roles.update');
  const [dialog, setDialog] = useState<RoleDialog | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={<span className="text-fg-3 tabular-nums">{t('count', { count: roles.length })}</span>}
        description={t('text')}
        actions={
          mayChange && (
            <Button look="primary" onClick={() => setDialog({ kind: 'add' })}>
              <Plus aria-hidden />
              {t('form.add')}
            </Button>
          )
        }
      />
      <PeopleTabs current="roles" />
      {roles.length === 0 ? (
        <EmptyState icon={BadgeCheck} title={t('empty')} />
      ) : (
        <CardTable
          caption={t('caption')}
          head={
            <>
              <CardHead>{t('column.name')}</CardHead>
              <CardHead>{t('column.description')}</CardHead>
              <CardHead className="text-end">{t('column.people')}</CardHead>
              <CardHead>{t('column.updated')}</CardHead>
              {mayChange && <ActionsHead label={t('column.actions')} />}
            </>
          }
        >
          {roles.map((role) => (
            <CardRow key={role.id} data-id={role.id}>
              <CardCell place="lead" translate="no" className="font-mono text-xs font-medium break-all">
                {role.name}
              </CardCell>
              <CardCell className="py-1.5 break-words text-fg-2 max-md:basis-full">{role.description}</CardCell>
              <CardCell label={t('column.people')} className="text-end tabular-nums">
                {role.people}
              </CardCell>
              <CardCell label={t('column.updated')} className="whitespace-nowrap text-fg-3">
                <TimeAgo at={role.updatedAt} />
              </CardCell>
              {mayChange && (
                <CardCell place="actions">
                  <span className="flex justify-end">
                    <RoleMenu role={role} onAsk={setDialog} />
                  </span>
                </CardCell>
              )}
            </CardRow>
          ))}
        </CardTable>
      )}
      {dialog?.kind === 'add' && <RoleForm role={null} taken={roles.map(({ name }) => name)} onClose={close} />}
      {dialog?.kind === 'describe' && <RoleForm role={dialog.role} taken={[]} onClose={close} />}
      {dialog?.kind === 'delete' && <DeleteRole role={dialog.role} onClose={close} />}
    </>
  );
}

function RoleMenu({ role, onAsk }: { role: Role; onAsk: (dialog: RoleDialog) => void }) {
  const t = useTranslations('roles');
  // The core says the same; here it is said before somebody tries.
  const reason = role.people > 0 ? t('carried', { count: role.people }) : null;
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton side="left" label={t('actionsFor', { name: role.name })}>
          <Ellipsis aria-hidden />
        </IconButton>
      </MenuTrigger>
      <MenuContent>
        <MenuItem onSelect={() => onAsk({ kind: 'describe', role })}>
          <Pencil aria-hidden />
          {t('action.describe')}
        </MenuItem>
        <MenuItem look="danger" reason={reason} onSelect={() => onAsk({ kind: 'delete', role })}>
          <Trash2 aria-hidden />
          {t('action.delete')}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
