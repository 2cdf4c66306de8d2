'use client';

import { useTranslations } from 'next-intl';
import type { Capability, User } from '@bailiwick/contract';

const KNOWN = ['default', 'ownership', 'oneself'] as const;

/** Why this may not be done to somebody's account, as a sentence; null where it may. */
export function usePersonWhy(): (user: User, capability: Capability) => string | null {
  const t = useTranslations('people.why');
  return ({ rights }, capability) => {
    if (rights.can.includes(capability)) return null;
    const code = rights.why[capability]?.code;
    return t(KNOWN.find((each) => each === code) ?? 'default');
  };
}
