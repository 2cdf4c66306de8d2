'use client';

import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import { closeLive } from '../../lib/live-hooks.ts';
import { useMe } from '../identity/me.tsx';

/** Looking through somebody’s eyes, and through one’s own again: each by a full load, so that nothing seen stays. */
export function useViewAs(): { view: (userId: string) => Promise<void>; stop: () => Promise<void> } {
  const queries = useQueryClient();
  const { user } = useMe();
  const leave = (address: string) => {
    closeLive();
    queries.clear();
    window.location.assign(address);
  };
  return {
    view: async (userId) => {
      await api('POST', '/access/view-as', { body: { userId } });
      leave('/');
    },
    stop: async () => {
      await api('DELETE', '/access/view-as');
      leave(`/people/${user.id}`);
    },
  };
}
