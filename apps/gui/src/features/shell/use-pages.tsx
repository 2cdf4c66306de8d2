'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { useRequests } from '../access-requests/requests-followed.tsx';
import { useMe } from '../identity/me.tsx';
import { type Page, pagesFor } from './pages.ts';

const SeesProjects = createContext(false);

/** Whether there is a project for whoever is looking: everybody may see projects, and most have none. */
export function PagesProvider({ seesProjects, children }: { seesProjects: boolean; children: ReactNode }) {
  return <SeesProjects value={seesProjects}>{children}</SeesProjects>;
}

/** The pages of whoever is looking. */
export function usePages(): Page[] {
  const { can, anywhere } = useMe();
  const seesRequests = useRequests().length > 0;
  return pagesFor({ can, anywhere, seesProjects: useContext(SeesProjects), seesRequests });
}
