'use client';

import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Topic } from '@bailiwick/contract';
import { type ItemOf, Live, type LiveStatus } from './live.ts';
import { LiveList } from './live-list.ts';

const live = new Live();
/** The server renders for many people in one process: nothing of theirs is kept there. */
const isServer = typeof window === 'undefined';
const CONNECTING: LiveStatus = { state: 'connecting', heardAt: null, retryAt: null };

/** Follows a topic while shown; starts from what the server rendered. Rows then take their item by `useLiveItem`. */
export function useLiveList<T extends Topic>(topic: T, initial: readonly ItemOf<T>[]): LiveList<ItemOf<T>> {
  // The list is made once per topic: later renders bring the same initial items with another identity.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const list = useMemo(() => (isServer ? new LiveList(initial) : live.list(topic, initial)), [topic]);
  useEffect(() => live.follow(topic), [topic]);
  return list;
}

/** All items, rendered anew on every change of any of them. */
export function useLiveItems<Item extends { id: string }>(
  list: LiveList<Item>,
  initial: readonly Item[],
): readonly Item[] {
  return useSyncExternalStore(list.subscribe, list.items, () => initial);
}

/** A whole list as it is now; what the server rendered, until the first snapshot. */
export function useFollowed<T extends Topic>(topic: T, initial: readonly ItemOf<T>[]): readonly ItemOf<T>[] {
  const list = useLiveList(topic, initial);
  const items = useLiveItems(list, initial);
  return list.since === null ? initial : items;
}

/** One item, rendered anew only when that item changes. */
export function useLiveItem<Item extends { id: string }>(
  list: LiveList<Item>,
  id: string,
  initial?: Item,
): Item | undefined {
  const subscribe = useCallback((listener: () => void) => list.subscribeItem(id, listener), [list, id]);
  return useSyncExternalStore(
    subscribe,
    () => list.get(id),
    () => initial,
  );
}

/** How the page's socket stands. */
export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(live.subscribeStatus, live.status, () => CONNECTING);
}

export const retryLiveNow = (): void => live.retryNow();
export const closeLive = (): void => live.close();
