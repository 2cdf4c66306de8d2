'use client';

import { useTranslations } from 'next-intl';
import type { Role } from '@bailiwick/contract';

/** Why a role cannot be deleted, said before somebody tries; null where it can. */
export function useRoleKept(): (role: Pick<Role, 'builtIn' | 'people' | 'grants'>) => string | null {
  const t = useTranslations('roles');
  return ({ builtIn, people, grants }) => {
    if (builtIn) return t('builtInStays');
    return people > 0 || grants > 0 ? t('inUse', { people, grants }) : null;
  };
}
