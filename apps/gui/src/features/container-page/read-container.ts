import 'server-only';
import { cache } from 'react';
import { ContainerDetail } from '@bailiwick/contract';
import { readCore } from '../../lib/core.ts';

/** Asked once for a page, however many of its parts show the container. */
export const readContainer = cache((id: string) => readCore(`/containers/${encodeURIComponent(id)}`, ContainerDetail));
