'use client';

import { createContext, type ReactNode, useContext, useLayoutEffect } from 'react';
import type { Capability, Me } from '@bailiwick/contract';
import { rememberCsrf } from '../../lib/api.ts';

const MeContext = createContext<Me | null>(null);

/** Who is looking, for every component of a signed-in page. */
export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  // Before any effect of a child asks the core for something.
  useLayoutEffect(() => rememberCsrf(me.csrf), [me.csrf]);
  return <MeContext value={me}>{children}</MeContext>;
}

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe outside of a signed-in page');
  return me;
}

/** Whether they hold it on something at least: whether there is anything to ask things about. */
export const useMayAnywhere = (capability: Capability): boolean => useMe().anywhere.includes(capability);

/** Whether the person holds a capability on the panel itself; for a thing ask the thing's own `rights`. */
export const useMay = (capability: Capability): boolean => useMe().can.includes(capability);
