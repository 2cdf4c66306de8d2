'use client';

import { createContext, useCallback, useContext, useEffect, useState } from 'react';
import type { TargetAccess } from '@bailiwick/contract';
import type { AccessAction } from './access-edit.rules.ts';
import type { MatrixRow } from './access-matrix.rules.ts';
import { type EditSteps, NO_STEPS, stepBack, takeStep } from './edit-steps.rules.ts';

/** What is not saved yet outlives the way to another tab and back. */
const kept = new Map<string, EditSteps>();

export function useAccessEdit(access: TargetAccess) {
  const { id } = access.target;
  const [steps, setSteps] = useState(() => kept.get(id) ?? NO_STEPS);
  const act = useCallback((action: AccessAction) => setSteps((before) => takeStep(access, before, action)), [access]);
  useEffect(() => {
    kept.set(id, steps);
  }, [id, steps]);
  const back = useCallback(() => setSteps(stepBack), []);
  return { edit: steps.edit, act, back: steps.earlier.length > 0 ? back : null };
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
