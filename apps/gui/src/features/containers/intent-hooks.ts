'use client';

import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Container } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { useLiveList } from '../../lib/live-hooks.ts';
import type { LiveList } from '../../lib/live-list.ts';
import { ContainerCommands } from './container-commands.ts';
import { ContainerIntents, type Intent } from './container-intents.ts';

/** What this tab has asked for; it outlives the page that asked. */
export const intents = new ContainerIntents();

/** What is being asked of one container, rendered anew only when that changes. */
export function useIntent(id: string): Intent | undefined {
  const read = useCallback(() => intents.of(id), [id]);
  return useSyncExternalStore(intents.subscribe, read, () => undefined);
}

export function useCommands(containers: LiveList<Container>): ContainerCommands {
  const operations = useLiveList('operations', []);
  return useMemo(() => new ContainerCommands({ send: api, intents, containers, operations }), [containers, operations]);
}
