'use client';

import { useMutation } from '@tanstack/react-query';
import { Pencil, Send, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { Channel, ChannelTestAnswer, ShownChannelSettings } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { type StatusIcon, StatusBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { channelState } from './channel-form.rules.ts';
import { ReceiverAnswer } from './receiver-answer.tsx';

const ICONS: Readonly<Record<ReturnType<typeof channelState>, StatusIcon>> = {
  good: 'good',
  failing: 'bad',
  off: 'off',
  fresh: 'created',
};

interface Props {
  channel: Channel;
  /** Where channels like it are asked for. */
  base: `/${string}`;
  mayChange: boolean;
  onEdit: () => void;
  onDelete: () => void;
}

/** One channel: where it leads, how that is going, and a test of it. */
export function ChannelCard({ channel, base, mayChange, onEdit, onDelete }: Props) {
  const t = useTranslations('channels');
  const titleId = useId();
  const showError = useErrorToast();
  const { id, name, settings, lastSentAt, lastFailure, waiting, lost } = channel;
  const state = channelState(channel);
  const test = useMutation({
    mutationFn: () => api<ChannelTestAnswer>('POST', `${base}/${id}/test`),
    onError: showError,
  });
  const tested = test.data?.item;
  return (
    <Card aria-labelledby={titleId} data-channel={id} className="flex flex-col gap-3">
      <header className="flex flex-wrap items-start gap-x-3 gap-y-1">
        <div className="min-w-0 grow basis-56">
          <h2 id={titleId} className="font-semibold break-words">
            {name}
          </h2>
          <p className="text-sm break-words text-fg-2">
            {t(`kind.${settings.kind}`)} · <Where settings={settings} />
          </p>
        </div>
        <StatusBadge icon={ICONS[state]} look="pill">
          {t(`state.${state}`)}
        </StatusBadge>
      </header>
      <div className="flex flex-col gap-1 text-sm text-fg-2">
        <Wants channel={channel} />
        <p>{lastSentAt === null ? t('neverSent') : t.rich('lastSent', { at: () => <TimeAgo at={lastSentAt} /> })}</p>
        {waiting > 0 && <p>{t('waiting', { count: waiting })}</p>}
        {lost > 0 && <p className="text-warning">{t('lost', { count: lost })}</p>}
        {lastFailure?.isOver && (
          <p>
            {t.rich('lastFailed', {
              at: () => <TimeAgo at={lastFailure.at} />,
              words: t(`failure.${lastFailure.failure}`),
            })}
          </p>
        )}
      </div>
      {state === 'failing' && lastFailure && !tested && (
        <ReceiverAnswer {...lastFailure} tone="danger">
          <p>
            <TimeAgo at={lastFailure.at} />
          </p>
        </ReceiverAnswer>
      )}
      <div aria-live="polite" className="empty:hidden">
        {tested && (
          <ReceiverAnswer {...tested} tone={tested.failure === null ? 'info' : 'danger'}>
            <p>{t('test.took', { ms: tested.tookMs })}</p>
          </ReceiverAnswer>
        )}
      </div>
      {mayChange && (
        <footer className="flex flex-wrap gap-2">
          <Button aria-label={t('test.label', { name })} loading={test.isPending} onClick={() => test.mutate()}>
            <Send aria-hidden />
            {t('test.send')}
          </Button>
          <Button aria-label={t('edit.label', { name })} look="ghost" onClick={onEdit}>
            <Pencil aria-hidden />
            {t('edit.open')}
          </Button>
          <Button aria-label={t('delete.label', { name })} look="ghost" onClick={onDelete}>
            <Trash2 aria-hidden />
            {t('delete.open')}
          </Button>
        </footer>
      )}
    </Card>
  );
}

function Where({ settings }: { settings: ShownChannelSettings }) {
  const t = useTranslations('channels.where');
  switch (settings.kind) {
    case 'mail':
      return t('mail', { to: settings.to.join(', ') });
    case 'telegram':
      return t('telegram', { chat: settings.chat, server: new URL(settings.server).host });
    case 'ntfy':
      return t('ntfy', { topic: settings.topic, server: new URL(settings.server).host });
    default:
      return t('host', { host: settings.host });
  }
}

function Wants({ channel: { rules, tenant, delegated, recoveries } }: { channel: Channel }) {
  const t = useTranslations('channels.wants');
  const what = rules === null ? t('everything') : t('rules', { count: rules.length });
  const parts = [what, ...(tenant ? [t(delegated ? 'byTenant' : 'ofTenant', { name: tenant.name })] : []), ...(recoveries ? [t('recoveries')] : [])]; // prettier-ignore
  return <p>{parts.join(' ')}</p>;
}
