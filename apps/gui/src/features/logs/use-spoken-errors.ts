'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { announce } from '../../lib/announce.ts';
import type { Picture } from './log-messages.ts';

const EVERY_MS = 2000;

/** Says new errors to a screen reader where somebody wants that: the last one of a burst, and how many came. */
export function useSpokenErrors(wanted: boolean, { count, last }: Picture['troubles']): void {
  const t = useTranslations('logs.speak');
  const newest = useRef({ count, last });
  const spoken = useRef(count);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    newest.current = { count, last };
    if (!wanted) spoken.current = count;
    if (!wanted || timer.current !== undefined) return;
    const say = () => {
      timer.current = undefined;
      const { count: now, last: text } = newest.current;
      const came = now - spoken.current;
      if (came <= 0) return;
      spoken.current = now;
      announce(t('errors', { count: came, text }), 'assertive');
      timer.current = setTimeout(say, EVERY_MS);
    };
    say();
  }, [wanted, count, last, t]);
  useEffect(() => () => clearTimeout(timer.current), []);
}
