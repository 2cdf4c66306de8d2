'use client';

import { TriangleAlert } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { PersonalToken } from '@bailiwick/contract';
import { Badge, StatusBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useNow } from '../../ui/clock.ts';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { expiryOf } from './token.rules.ts';
import { useScopeWords } from './token-words.ts';

interface Props {
  token: PersonalToken;
  whose: 'me' | 'them';
  onRevoke: () => void;
}

export function TokenRow({ token, whose, onRevoke }: Props) {
  const t = useTranslations('tokens');
  const scope = useScopeWords(whose);
  return (
    <li>
      <Card className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 grow basis-64">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h2 translate="no" className="min-w-0 font-semibold break-words">
              {token.name}
            </h2>
            <code translate="no" className="rounded-sm bg-inset px-1.5 py-0.5 font-mono text-xs text-fg-2">
              {`${token.prefix}…`}
            </code>
            {token.grave && (
              <Badge tone="warning">
                <TriangleAlert aria-hidden className="size-3.5" />
                {t('grave')}
              </Badge>
            )}
          </div>
          <ul className="mt-2 flex flex-col gap-0.5 text-sm text-fg-2">
            {scope(token).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-fg-2">
            <LastUse token={token} />
            <End token={token} />
          </div>
        </div>
        <Button onClick={onRevoke} aria-label={t('revoke.openFor', { name: token.name })}>
          {t('revoke.open')}
        </Button>
      </Card>
    </li>
  );
}

function LastUse({ token: { lastUsedAt, lastUsedAddress } }: { token: PersonalToken }) {
  const t = useTranslations('tokens');
  if (lastUsedAt === null) return <span>{t('neverUsed')}</span>;
  return <span>{t.rich('lastUsed', { time: () => <TimeAgo at={lastUsedAt} />, address: lastUsedAddress ?? '' })}</span>;
}

function End({ token }: { token: PersonalToken }) {
  const t = useTranslations('tokens');
  const locale = useLocale();
  const expiry = expiryOf(token, useNow(60_000));
  if (expiry.state === 'expired')
    return (
      <StatusBadge icon="bad" className="text-xs">
        {t('expired')}
      </StatusBadge>
    );
  if (expiry.state === 'soon')
    return (
      <StatusBadge icon="warning" className="text-xs">
        {t('expiresSoon', { days: expiry.days })}
      </StatusBadge>
    );
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(Date.parse(token.expiresAt));
  // The day may differ between the server's time zone and the reader's; the browser's text stands.
  return <span suppressHydrationWarning>{t('expires', { date })}</span>;
}
