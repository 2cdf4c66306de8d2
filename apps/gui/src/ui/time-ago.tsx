'use client';

import { useLocale } from 'next-intl';
import type { ComponentProps } from 'react';
import { formatAgo, formatSpan } from './age.ts';
import { useNow } from './clock.ts';

const MINUTE_MS = 60_000;

export interface TimeAgoProps extends Omit<ComponentProps<'time'>, 'children' | 'dateTime'> {
  at: string;
  /** `ago`: "5 min ago"; `span`: "5 min". */
  form?: 'ago' | 'span';
}

/** How long ago, with the exact moment on hover; the text ages by itself. */
export function TimeAgo({ at, form = 'ago', ...rest }: TimeAgoProps) {
  const locale = useLocale();
  const from = Date.parse(at);
  const young = useNow(1000) - from < MINUTE_MS;
  const now = useNow(young ? 1000 : 10_000);
  const text = form === 'ago' ? formatAgo(from, now, locale) : formatSpan(from, now, locale);
  return (
    // Server and browser render at different moments and in different time zones; the browser's text stands.
    <time
      data-slot="time-ago"
      dateTime={at}
      title={new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }).format(from)}
      suppressHydrationWarning
      {...rest}
    >
      {text}
    </time>
  );
}
