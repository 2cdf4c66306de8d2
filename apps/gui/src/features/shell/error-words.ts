import { useLocale, useTranslations } from 'next-intl';
import type { ErrorCode } from '@bailiwick/contract';
import { useCapabilityList } from '../access/capability-words.ts';
import { textsIn, toWordParams } from './error-words.rules.ts';

/** What any failure has: an operation's error, a bulk item's error, an HTTP envelope. */
export interface Failing {
  code: ErrorCode;
  params?: Record<string, unknown> | undefined;
}

export interface ErrorWords {
  text: string;
  /** What to do; empty where there is nothing to do. */
  hint: string;
}

/** Turns a code with params into a sentence and the next step, in the person's language. */
export function useErrorWords(): (error: Failing) => ErrorWords {
  const t = useTranslations('errors');
  const toNames = useCapabilityList();
  const locale = useLocale();
  return ({ code, params }) => {
    const known = t.has(`${code}.text`) ? code : 'internal';
    const missing = textsIn(params?.['missing']);
    const words = { ...toWordParams(params, locale), missing: missing.length === 0 ? 'none' : toNames(missing) };
    return { text: t(`${known}.text`, words), hint: t(`${known}.hint`, words) };
  };
}
