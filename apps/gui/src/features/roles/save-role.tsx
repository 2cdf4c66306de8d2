'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Capability, PutRole, Role } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { CapabilityNames } from './role-difference.tsx';
import type { Difference } from './role-editor.rules.ts';

interface Props {
  role: Role;
  description: string;
  capabilities: readonly Capability[];
  difference: Difference;
  onClose: () => void;
  onSaved: () => void;
}

/** What comes and what goes, and for how many, before it counts. */
export function SaveRole({ role, description, capabilities, difference, onClose, onSaved }: Props) {
  const t = useTranslations('roles.save');
  const router = useRouter();
  const save = useMutation({
    mutationFn: () => {
      const body: PutRole = { description, capabilities: [...capabilities] };
      return api<Role>('PUT', `/roles/${encodeURIComponent(role.name)}`, { body });
    },
    onSuccess: () => {
      announce(t('done', { name: role.name }));
      router.refresh();
      onSaved();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  return (
    <ConfirmDialog
      title={t('title', { name: role.name })}
      keep={t('back')}
      submit={t('submit', { name: role.name })}
      act={{ look: 'primary', loading: save.isPending, onClick: () => save.mutate() }}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3 pb-2">
        <ErrorNotice error={save.error instanceof ApiError ? save.error : null} />
        <CapabilityNames kind="added" capabilities={difference.added} />
        <CapabilityNames kind="removed" capabilities={difference.removed} />
        {description !== role.description && <p>{t('described')}</p>}
        <p className="text-fg-2">
          {role.people + role.grants === 0
            ? t('touchesNobody')
            : t('touches', { people: role.people, grants: role.grants })}
        </p>
      </div>
    </ConfirmDialog>
  );
}
