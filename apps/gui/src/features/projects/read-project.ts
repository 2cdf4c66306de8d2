import 'server-only';
import { cache } from 'react';
import { type ListProjects, ProjectAnswer, ProjectList } from '@bailiwick/contract';
import { readCore } from '../../lib/core.ts';

/** Asked once for a page, however many of its parts show the project. */
export const readProject = cache((id: string) => readCore(`/projects/${encodeURIComponent(id)}`, ProjectAnswer));

/** The same for those of a tab: the frame asks whether there are any, and some pages show them. */
export const readProjects = cache((tab: ListProjects['tab']) => readCore(`/projects?tab=${tab}`, ProjectList));
