'use client';

import { useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import { closeLive } from '../../lib/live-hooks.ts';
import { forgetUploads } from '../files/kept-uploads.ts';

/** Ends the session and leaves nothing of it in this page. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await api('POST', '/sign-out');
    closeLive();
    queries.clear();
    forgetUploads();
    // A full load: nothing that was on the page stays in memory for whoever comes next.
    window.location.assign('/login');
  };
}
