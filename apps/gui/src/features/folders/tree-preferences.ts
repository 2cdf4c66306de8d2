'use client';

import { preferences } from '../../lib/preferences.ts';

export interface TreePreferences {
  shown: boolean;
}

/** Whether this browser shows the tree beside the list of files. */
export const useTreePreferences = preferences<TreePreferences>({
  name: 'bw_files',
  initial: { shown: true },
  read: (text) => ({ shown: text !== 'list' }),
  write: ({ shown }) => (shown ? 'tree' : 'list'),
});
