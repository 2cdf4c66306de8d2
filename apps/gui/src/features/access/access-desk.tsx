'use client';

import { createContext, useCallback, useContext, useEffect, useState } from 'react';
import type { TargetAccess } from '@bailiwick/contract';
import { type AccessAction, type AccessEdit, changeEdit, NO_EDIT } from './access-edit.rules.ts';
import type { MatrixRow } from './access-matrix.rules.ts';

/** What is not saved yet outlives the way to another tab and back. */
const kept = new Map<string, AccessEdit>();

export function useAccessEdit(access: TargetAccess): { edit: AccessEdit; act: (action: AccessAction) => void } {
  const { id } = access.target;
  const [edit, setEdit] = useState(() => kept.get(id) ?? NO_EDIT);
  const act = useCallback((action: AccessAction) => setEdit((before) => changeEdit(access, before, action)), [access]);
  useEffect(() => {
    kept.set(id, edit);
  }, [id, edit]);
  return { edit, act };
}

/** What parts of the tab, and an explanation that is open on it, work on together. */
export interface AccessDesk {
  readonly access: TargetAccess;
  readonly rows: readonly MatrixRow[];
  readonly act: (action: AccessAction) => void;
}
const Desk = createContext<AccessDesk | null>(null);
export const AccessDeskProvider = Desk.Provider;
/** Null outside of the access tab. */
export const useAccessDesk = (): AccessDesk | null => useContext(Desk);
