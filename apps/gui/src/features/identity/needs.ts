'use client';

import { useTranslations } from 'next-intl';
import type { Capability, Rights } from '@bailiwick/contract';
import { useCapabilityName } from '../access/capability-words.ts';

/** Why a thing's rights do not let the reader do it, naming the right; null where they do. */
export function useNeeds(): (on: { rights: Rights }, capability: Capability) => string | null {
  const t = useTranslations('common');
  const toName = useCapabilityName();
  return ({ rights }, capability) =>
    rights.can.includes(capability) ? null : t('needs', { capability: toName(capability) ?? capability });
}
