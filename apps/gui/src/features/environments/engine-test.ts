'use client';

import { useMutation } from '@tanstack/react-query';
import type { EngineTest, EnvironmentId } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';

/** Looks at an engine anew; nothing of it is remembered. */
export function useEngineTest(id: EnvironmentId) {
  return useMutation({ mutationFn: () => api<EngineTest>('POST', `/environments/${id}/test`) });
}
