'use client';

import dynamic from 'next/dynamic';
import { createContext, type ReactNode, useContext, useState } from 'react';
import type { Missing } from './request-access.tsx';

const RequestAccess = dynamic(() => import('./request-access.tsx').then((module) => module.RequestAccess));

const Asking = createContext<(missing: Missing) => void>(() => undefined);

/** Holds the dialog outside of what it is opened from: a popover or menu that closes does not take it along. */
export function AskForAccessProvider({ children }: { children: ReactNode }) {
  const [missing, setMissing] = useState<Missing | null>(null);
  return (
    <Asking value={setMissing}>
      {children}
      {missing !== null && <RequestAccess missing={missing} onClose={() => setMissing(null)} />}
    </Asking>
  );
}

/** Opens the dialog that asks for what is missing. */
export const useAskForAccess = (): ((missing: Missing) => void) => useContext(Asking);
