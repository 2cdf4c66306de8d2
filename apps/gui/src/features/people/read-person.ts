import 'server-only';
import { cache } from 'react';
import { UserAnswer } from '@bailiwick/contract';
import { readCore } from '../../lib/core.ts';

/** Asked once for a page, however many of its parts show the person. */
export const readPerson = cache((id: string) => readCore(`/users/${encodeURIComponent(id)}`, UserAnswer));
