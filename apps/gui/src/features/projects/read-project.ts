import 'server-only';
import { cache } from 'react';
import { ProjectAnswer } from '@bailiwick/contract';
import { readCore } from '../../lib/core.ts';

/** Asked once for a page, however many of its parts show the project. */
export const readProject = cache((id: string) => readCore(`/projects/${encodeURIComponent(id)}`, ProjectAnswer));
