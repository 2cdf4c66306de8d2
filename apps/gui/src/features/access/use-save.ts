'use client';

import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import type { AccessChange, AccessChanged, TargetAccess } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { toast } from '../../ui/toast.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { type AccessEdit, toUndo, undoReason } from './access-edit.rules.ts';
import { useAccessRefresh } from './access-queries.ts';

const UNDO_MS = 30_000;

/** What follows when an edit was saved: it is told, shown anew, and can be taken back for a while. */
export function useAfterSave() {
  const t = useTranslations('access');
  const refresh = useAccessRefresh();
  const showError = useErrorToast();
  const undoing = useRef(false);

  const undo = async (changes: readonly AccessChange[], reason: string) => {
    if (undoing.current) return;
    if (changes.length === 0) {
      toast(t('undoOver'));
      return;
    }
    undoing.current = true;
    try {
      await api<AccessChanged>('POST', '/access/changes', { body: { changes, reason } });
      toast(t('undone'));
    } catch (error) {
      showError(error);
    } finally {
      undoing.current = false;
      await refresh();
    }
  };
  return (before: TargetAccess, edit: AccessEdit, changed: AccessChanged) => {
    const text = changed.fallen > 0 ? t('savedFallen', { count: changed.fallen }) : t('saved');
    const reason = undoReason(before, edit);
    // What was lent may end while it can still be taken back.
    const onClick = () => void undo(toUndo(before, before.target, edit, changed, Date.now()), reason);
    toast.success(text, { duration: UNDO_MS, action: { label: t('undo'), onClick } });
    void refresh();
  };
}
