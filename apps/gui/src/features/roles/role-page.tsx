'use client';

import { ArrowLeft, Copy, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Role } from '@bailiwick/contract';
import { useFollowed } from '../../lib/live-hooks.ts';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { useMay } from '../identity/me.tsx';
import { DeleteRole } from './delete-role.tsx';
import { GoneRole } from './gone-role.tsx';
import { NewRole } from './new-role.tsx';
import { RoleEditor } from './role-editor.tsx';
import type { OfferedCapability } from './role-editor.rules.ts';
import { useRoleKept } from './role-kept.ts';

interface Props {
  role: Role;
  roles: readonly Role[];
  offered: readonly OfferedCapability[];
  comparedWith: string | null;
}

/** One role: what it lets people do, and who has it. */
export function RolePage({ role: initial, roles: initialRoles, offered, comparedWith }: Props) {
  const t = useTranslations('roles');
  const router = useRouter();
  const roles = useFollowed('roles', initialRoles);
  const role = roles.find(({ name }) => name === initial.name);
  const mayChange = useMay('roles.update');
  const kept = useRoleKept();
  const [dialog, setDialog] = useState<'none' | 'copy' | 'delete'>('none');
  const close = () => setDialog('none');
  if (!role) return <GoneRole />;
  const reason = kept(role);
  return (
    <div className="max-w-5xl">
      <header className="mb-4 flex flex-col gap-2">
        <Link
          href="/access/roles"
          className="inline-flex min-h-6 items-center gap-1 self-start text-fg-2 hover:text-fg hover:underline touch:min-h-11"
        >
          <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
          {t('title')}
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 tabIndex={-1} translate="no" className="min-w-0 text-xl font-semibold break-words">
            {role.name}
          </h1>
          {role.builtIn && <Badge>{t('builtIn')}</Badge>}
          <span className="grow text-fg-3">{t('usedBy', { people: role.people, grants: role.grants })}</span>
          {mayChange && (
            <span className="flex flex-wrap gap-2">
              <Button onClick={() => setDialog('copy')}>
                <Copy aria-hidden />
                {role.builtIn ? t('copyToChange') : t('action.copy')}
              </Button>
              {!role.builtIn && (
                <DisabledReason reason={reason}>
                  <Button disabled={reason !== null} onClick={() => setDialog('delete')}>
                    <Trash2 aria-hidden />
                    {t('action.delete')}
                  </Button>
                </DisabledReason>
              )}
            </span>
          )}
        </div>
      </header>
      {role.builtIn && <Banner className="mb-4" title={t('builtInStays')} />}
      <RoleEditor
        role={role}
        roles={roles}
        offered={offered}
        comparedWith={comparedWith}
        readOnly={role.builtIn || !mayChange}
      />
      {dialog === 'copy' && <NewRole roles={roles} from={role.name} onClose={close} />}
      {dialog === 'delete' && <DeleteRole role={role} onClose={close} onDeleted={() => router.push('/access/roles')} />}
    </div>
  );
}
