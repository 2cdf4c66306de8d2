'use client';

import { Eye, Hand, ShieldAlert } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { Badge, StatusBadge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import type { PaneState } from './terminal-pane.tsx';

interface Props {
  state: PaneState;
  onRetry: () => void;
  onAnew: () => void;
  onControl: () => void;
}

/** Whoever types and whoever looks on is told, all the while. */
export function RecordedBanner({ state: { terminal } }: { state: PaneState }) {
  const t = useTranslations('terminals');
  if (terminal?.recorded !== true) return null;
  return (
    <Banner tone="warning" className="rounded-none border-x-0 border-t-0" title={t('recordedTitle')}>
      {t('recordedText')}
    </Banner>
  );
}

/** Whether what is shown is live, and why not. */
export function TerminalBanner({ state, onRetry, onAnew, onControl }: Props) {
  const t = useTranslations('terminals');
  const format = useFormatter();
  const words = useErrorWords();
  const { link, viewers, viewer, idleEndsAt } = state;
  const shape = 'rounded-none border-x-0 border-t-0';
  if (link.state === 'refused') {
    const { text, hint } = words(link.error);
    return (
      <Banner tone="danger" className={shape} title={text} actions={<Button onClick={onAnew}>{t('tryAgain')}</Button>}>
        {hint === '' ? undefined : hint}
      </Banner>
    );
  }
  if (link.state === 'ended') {
    const { reason, exitCode } = link.exit;
    const code = exitCode === null ? undefined : t('exitCode', { code: exitCode });
    return (
      <Banner className={shape} title={t(`ended.${reason}`)} actions={<Button onClick={onAnew}>{t('restart')}</Button>}>
        {code}
      </Banner>
    );
  }
  if (link.state === 'reconnecting')
    return (
      <Banner
        tone="warning"
        className={shape}
        title={t('lost')}
        actions={<Button onClick={onRetry}>{t('retryNow')}</Button>}
      >
        {t('lostText')}
      </Banner>
    );
  const holder = viewers.find(({ controls }) => controls);
  if (holder && holder.id !== viewer)
    return (
      <Banner
        className={shape}
        title={t('lookingOn', { name: holder.name })}
        actions={
          <Button onClick={onControl}>
            <Hand aria-hidden />
            {t('takeControl')}
          </Button>
        }
      />
    );
  if (idleEndsAt !== null)
    return (
      <Banner
        tone="warning"
        className={shape}
        title={t('idle', { at: format.dateTime(new Date(idleEndsAt), { timeStyle: 'medium' }) })}
      />
    );
  return null;
}

export function TerminalFacts({ state }: { state: PaneState }) {
  const t = useTranslations('terminals');
  const { link, terminal, viewers } = state;
  return (
    <div className="flex flex-wrap items-center gap-2 text-xs">
      <span data-slot="terminal-link" data-state={link.state}>
        {link.state === 'live' && <StatusBadge icon="good">{t('live')}</StatusBadge>}
        {link.state === 'connecting' && <StatusBadge icon="busy">{t('connecting')}</StatusBadge>}
        {link.state === 'reconnecting' && <StatusBadge icon="busy">{t('reconnecting')}</StatusBadge>}
        {(link.state === 'ended' || link.state === 'refused') && <StatusBadge icon="stopped">{t('over')}</StatusBadge>}
      </span>
      {terminal?.root && (
        <Badge tone="danger">
          <ShieldAlert aria-hidden className="size-3.5" />
          {t('root')}
        </Badge>
      )}
      {terminal?.recorded && <Badge tone="warning">{t('recorded')}</Badge>}
      {viewers.length > 1 && (
        <Badge tone="info" title={viewers.map(({ name }) => name).join(', ')}>
          <Eye aria-hidden className="size-3.5" />
          {t('viewers', { count: viewers.length })}
        </Badge>
      )}
    </div>
  );
}
