'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { Alert } from '@bailiwick/contract';
import { useFollowed } from '../../lib/live-hooks.ts';

const Followed = createContext<readonly Alert[]>([]);

/** What is open, and what became of it since the page was opened. */
export function AlertsProvider({ initial, children }: { initial: readonly Alert[]; children: ReactNode }) {
  return <Followed value={useFollowed('alerts', initial)}>{children}</Followed>;
}

export const useAlerts = (): readonly Alert[] => useContext(Followed);
