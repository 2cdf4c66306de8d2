'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { AccessChange, AccessChanged, Grant } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { toast } from '../../ui/toast.tsx';
import { useErrorToast } from '../shell/error-toast.ts';

const UNDO_MS = 8_000;

/** One edit of access; what was read of it before is read anew. */
export function useChangeAccess(onDone: (changed: AccessChanged) => void) {
  const router = useRouter();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (changes: readonly AccessChange[]) =>
      api<AccessChanged>('POST', '/access/changes', { body: { changes, reason: '' } }),
    onSuccess: (changed) => {
      void queries.invalidateQueries({ queryKey: ['access'] });
      router.refresh();
      onDone(changed);
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
}

/** Takes a member out; for a moment they can be brought back as they were. */
export function useRemoveMember() {
  const t = useTranslations('projects.members');
  const router = useRouter();
  const showError = useErrorToast();
  const send = (change: AccessChange) =>
    api<AccessChanged>('POST', '/access/changes', { body: { changes: [change], reason: '' } });
  const restore = useMutation({
    mutationFn: (grant: Grant) => send(anew(grant)),
    onSuccess: () => router.refresh(),
    onError: showError,
  });
  return useMutation({
    mutationFn: ({ id, version }: Grant) => send({ op: 'revoke', grantId: id, version }),
    onSuccess: (_, grant) => {
      router.refresh();
      const text = t('removed', { name: grant.principalName ?? t('gone') });
      announce(text);
      toast(text, { duration: UNDO_MS, action: { label: t('undo'), onClick: () => restore.mutate(grant) } });
    },
    onError: showError,
  });
}

const anew = ({ principal, target, role, allow, deny, expiresAt }: Grant): AccessChange => ({
  op: 'grant',
  principal,
  target,
  role,
  allow,
  deny,
  expiresAt,
  version: 0,
});
