'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type { Why } from '@bailiwick/contract';
import { useCapabilityName } from '../access/capability-words.ts';
import { isStatus } from './container-status.rules.ts';

const KNOWN = [
  'account',
  'two_factor',
  'viewing',
  'token',
  'viewer',
  'ownership',
  'denied',
  'stack',
  'project',
  'environment',
  'tenant',
  'default',
  'belongs_to_stack',
  'self_protection',
  'missing_capability',
  'not_self_service',
  'archived',
  'engine_offline',
  'busy',
] as const;

/** Why something cannot be done, as a sentence. */
export function useWhy(): (why: Why) => string {
  const t = useTranslations('containers');
  const toName = useCapabilityName();
  const locale = useLocale();
  return useCallback(
    ({ code, params }: Why) => {
      const text = (name: string) => (typeof params[name] === 'string' ? params[name] : '');
      if (code === 'wrong_state') {
        const status = text('status');
        const word = isStatus(status) ? t(`status.${status}`).toLocaleLowerCase(locale) : status;
        return t('why.wrong_state', { status: word });
      }
      const known = KNOWN.find((each) => each === code);
      const capability = text('capability');
      return t(`why.${known ?? 'other'}`, { stack: text('stack'), capability: toName(capability) ?? capability });
    },
    [t, toName, locale],
  );
}
