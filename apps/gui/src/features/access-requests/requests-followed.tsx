'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { AccessRequest } from '@bailiwick/contract';
import { useFollowed } from '../../lib/live-hooks.ts';
import { useMe } from '../identity/me.tsx';
import { isToAnswer } from './request.rules.ts';

const Followed = createContext<readonly AccessRequest[]>([]);

/** Everybody's requests as far as the reader sees them, for every page; `initial` are those that wait. */
export function RequestsProvider({ initial, children }: { initial: readonly AccessRequest[]; children: ReactNode }) {
  return <Followed value={useFollowed('accessRequests', initial)}>{children}</Followed>;
}

export const useRequests = (): readonly AccessRequest[] => useContext(Followed);

/** How many wait for the reader. */
export function useRequestsToAnswer(): number {
  const { user } = useMe();
  return useRequests().filter((request) => isToAnswer(request, user.id)).length;
}
