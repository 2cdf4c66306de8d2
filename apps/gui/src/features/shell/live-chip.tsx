'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect } from 'react';
import type { Environment } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { retryLiveNow, useLiveItems, useLiveList, useLiveStatus } from '../../lib/live-hooks.ts';
import { formatSpan } from '../../ui/age.ts';
import { StatusBadge, type StatusIcon } from '../../ui/badge.tsx';
import { useNow } from '../../ui/clock.ts';
import { Tooltip } from '../../ui/tooltip.tsx';

/** Whether what is on the page is the truth now, and if not, since when. */
export function LiveChip({ environments: initial }: { environments: readonly Environment[] }) {
  const t = useTranslations('shell.live');
  const { icon, words, detail, calm } = useLiveWords(initial);
  useEffect(() => {
    if (!calm) announce(words);
    // The countdown changes the words every second; only a change of state is spoken.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [icon, calm]);
  const badge = (
    <StatusBadge icon={icon} look="pill" className="max-sm:gap-0">
      <span className="max-sm:sr-only">{words}</span>
    </StatusBadge>
  );
  if (calm)
    return (
      <span data-slot="live-chip" role="status" aria-label={`${t('label')}: ${words}`}>
        {badge}
      </span>
    );
  return (
    <Tooltip content={detail ?? t('retry')}>
      <button
        type="button"
        data-slot="live-chip"
        aria-label={`${t('label')}: ${words}. ${t('retry')}`}
        className="inline-flex min-h-6 items-center rounded-full touch:min-h-11"
        onClick={retryLiveNow}
      >
        {badge}
      </button>
    </Tooltip>
  );
}

interface LiveWords {
  icon: StatusIcon;
  words: string;
  detail: string | null;
  calm: boolean;
}

function useLiveWords(initial: readonly Environment[]): LiveWords {
  const t = useTranslations('shell.live');
  const locale = useLocale();
  const status = useLiveStatus();
  const environments = useLiveItems(useLiveList('environments', initial), initial);
  const now = useNow(1000);
  const offline = environments.filter(({ state }) => state === 'offline');
  const detail =
    status.heardAt === null
      ? null
      : t('dataFrom', { time: new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(status.heardAt) });

  switch (status.state) {
    case 'connecting':
      return { icon: 'busy', words: t('connecting'), detail, calm: true };
    case 'reconnecting': {
      const seconds = status.retryAt === null ? 0 : Math.ceil((status.retryAt - now) / 1000);
      const words = seconds > 0 ? t('reconnecting', { seconds }) : t('reconnectingNow');
      return { icon: 'warning', words, detail, calm: false };
    }
    case 'stale': {
      const age = formatSpan(status.heardAt ?? now, now, locale);
      return { icon: 'warning', words: t('stale', { age }), detail, calm: false };
    }
    case 'live': {
      const [first] = offline;
      if (!first) return { icon: 'good', words: t('live'), detail, calm: true };
      const words =
        offline.length === 1
          ? t('engineOffline', { name: first.name })
          : t('enginesOffline', { count: offline.length });
      return { icon: 'bad', words, detail, calm: true };
    }
  }
}
