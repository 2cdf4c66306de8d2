'use client';

import { useCallback, useMemo, useState } from 'react';
import { rangeBetween } from './container-view.rules.ts';

export interface Selection {
  ids: ReadonlySet<string>;
  toggle: (id: string) => void;
  /** From the row chosen last to this one, as they stand on the screen. */
  extend: (id: string, order: readonly string[]) => void;
  replace: (ids: readonly string[]) => void;
  clear: () => void;
}

/** Which rows are chosen; it survives sorting and filtering. */
export function useSelection(): Selection {
  const [chosen, setChosen] = useState<{ ids: ReadonlySet<string>; anchor: string | null }>({
    ids: new Set(),
    anchor: null,
  });
  const toggle = useCallback((id: string) => {
    setChosen(({ ids }) => {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      return { ids: next, anchor: id };
    });
  }, []);
  const extend = useCallback((id: string, order: readonly string[]) => {
    setChosen(({ ids, anchor }) => ({
      ids: new Set([...ids, ...rangeBetween(order, anchor ?? id, id)]),
      anchor: id,
    }));
  }, []);
  const replace = useCallback((ids: readonly string[]) => setChosen({ ids: new Set(ids), anchor: null }), []);
  const clear = useCallback(() => setChosen({ ids: new Set(), anchor: null }), []);
  return useMemo(
    () => ({ ids: chosen.ids, toggle, extend, replace, clear }),
    [chosen.ids, toggle, extend, replace, clear],
  );
}
