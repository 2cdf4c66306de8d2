'use client';

import { Maximize2, Minimize2, Volume2, VolumeX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { StatusBadge, type StatusIcon } from '../../ui/badge.tsx';
import type { FeedState, Picture } from './log-messages.ts';
import type { LogLineRow } from './log-rows.ts';

const ICONS: Record<FeedState['state'], StatusIcon> = {
  connecting: 'busy',
  live: 'good',
  reconnecting: 'warning',
  refused: 'warning',
  ended: 'stopped',
};

export interface LogStatusProps {
  picture: Picture;
  narrowed: boolean;
  marked: number;
  onCopy: (markdown: boolean) => void;
  /** New errors are said aloud. */
  speak: boolean;
  onSpeak: (speak: boolean) => void;
  onLink: () => void;
  /** Null where the marked line has no fields. */
  onFields: (() => void) | null;
  /** What goes on with the marked line; null where nothing does. */
  fold: LogLineRow['fold'] | null;
  onFold: () => void;
  /** The viewer fills the window. */
  full: boolean;
  onFull: () => void;
}

/** One line under the log: how much is loaded, how it is followed, what can be done with marked lines. */
export function LogStatus({
  picture,
  narrowed,
  marked,
  onCopy,
  speak,
  onSpeak,
  onLink,
  onFields,
  fold,
  onFold,
  full,
  onFull,
}: LogStatusProps) {
  const t = useTranslations('logs');
  const parts = [
    t('status.loaded', { count: picture.size }),
    narrowed ? t('status.shown', { count: picture.count }) : '',
    picture.dropped > 0 ? t('status.dropped', { count: picture.dropped }) : '',
  ];
  return (
    <div className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-3 text-xs text-fg-2 tabular-nums">
      <span data-slot="log-loaded">{parts.filter(Boolean).join(' · ')}</span>
      <StatusBadge
        icon={ICONS[picture.feed.state]}
        className="text-xs"
        data-slot="log-feed"
        data-state={picture.feed.state}
      >
        {t(`status.${picture.feed.state}`)}
      </StatusBadge>
      <span className="ms-auto flex items-center gap-1">
        {marked > 0 && (
          <>
            {t('marked', { count: marked })}
            <Button size="small" look="ghost" onClick={() => onCopy(false)}>
              {t('copyLines', { count: marked })}
            </Button>
            <Button size="small" look="ghost" onClick={() => onCopy(true)}>
              {t('copyMarkdown')}
            </Button>
            {fold && (
              <Button size="small" look="ghost" aria-expanded={fold.isOpen} onClick={onFold}>
                {t(fold.isOpen ? 'fold.close' : 'fold.open', { count: fold.lines })}
              </Button>
            )}
            {onFields && (
              <Button size="small" look="ghost" onClick={onFields}>
                {t('fields.show')}
              </Button>
            )}
            {marked === 1 && (
              <Button size="small" look="ghost" onClick={onLink}>
                {t('copyLink')}
              </Button>
            )}
          </>
        )}
        <IconButton label={t('speak.label')} side="top" aria-pressed={speak} onClick={() => onSpeak(!speak)}>
          {speak ? <Volume2 aria-hidden /> : <VolumeX aria-hidden />}
        </IconButton>
        <IconButton label={t('full')} hint={<Kbd keys="Shift F" />} side="top" aria-pressed={full} onClick={onFull}>
          {full ? <Minimize2 aria-hidden /> : <Maximize2 aria-hidden />}
        </IconButton>
      </span>
    </div>
  );
}
