'use client';

import { useMemo, useState } from 'react';
import type { Container } from '@bailiwick/contract';
import { useMe } from '../identity/me.tsx';
import { arrange, type ContainerView, keepOrder } from './container-view.rules.ts';

interface Frozen {
  order: readonly string[];
  /** The view it was frozen in: asking for another order ends it. */
  view: string;
}

export interface Order {
  rows: readonly Container[];
  /** The order that is wanted differs from the one that is kept while somebody points at it. */
  changed: boolean;
  hold: () => void;
  release: () => void;
  apply: () => void;
}

/** Rows in the order asked for; while a person points at them or has chosen some, nothing moves under the hand. */
export function useOrder(containers: readonly Container[], view: ContainerView, held: boolean): Order {
  const [pointing, setPointing] = useState(false);
  const [frozen, setFrozen] = useState<Frozen | null>(null);
  const asked = JSON.stringify([view.q, view.status, view.env, view.owner, view.project, view.sort]);
  const me = useMe().user.id;
  const wanted = useMemo(() => arrange(containers, view, me), [containers, view, me]);
  const holding = pointing || held;

  if (!holding && frozen !== null) setFrozen(null);
  if (holding && frozen?.view !== asked) setFrozen({ order: wanted.map(({ id }) => id), view: asked });

  const order = holding && frozen?.view === asked ? frozen.order : null;
  const rows = useMemo(() => (order === null ? wanted : keepOrder(wanted, order)), [wanted, order]);
  const changed = useMemo(() => rows.some((row, index) => row.id !== wanted[index]?.id), [rows, wanted]);
  return {
    rows,
    changed,
    hold: () => setPointing(true),
    release: () => setPointing(false),
    apply: () => setFrozen({ order: wanted.map(({ id }) => id), view: asked }),
  };
}
