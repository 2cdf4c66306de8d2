'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { SessionInfo } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { HeaderCell, Table, TableCell, TableHead, TableRow } from '../../ui/table.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { toast } from '../../ui/toast.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { readDevice } from './device.rules.ts';

/** Every browser and program one is signed in with, and how that ends. */
export function SessionsCard({ sessions }: { sessions: readonly SessionInfo[] }) {
  const t = useTranslations('account.sessions');
  const { ending, end } = useEnding();
  const others = sessions.filter(({ current }) => !current).length;
  return (
    <Card aria-label={t('title')}>
      <div className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-64">
          <CardTitle className="mb-1">{t('title')}</CardTitle>
          <p className="text-fg-2">{others === 0 ? t('onlyThis') : t('text')}</p>
        </div>
        {others > 0 && (
          <Button
            look="danger"
            loading={ending === ALL}
            disabled={ending !== null}
            onClick={() => end(ALL, t('othersEnded', { count: others }))}
          >
            {t('endOthers', { count: others })}
          </Button>
        )}
      </div>
      <Table>
        <caption className="sr-only">{t('caption')}</caption>
        <TableHead>
          <tr>
            <HeaderCell>{t('device')}</HeaderCell>
            <HeaderCell className="max-sm:hidden">{t('address')}</HeaderCell>
            <HeaderCell className="max-sm:hidden">{t('lastUsed')}</HeaderCell>
            <HeaderCell>
              <span className="sr-only">{t('actions')}</span>
            </HeaderCell>
          </tr>
        </TableHead>
        <tbody>
          {sessions.map((session) => (
            <Row
              key={session.id}
              session={session}
              busy={ending === session.id}
              disabled={ending !== null}
              onEnd={() => end(session.id, t('ended'))}
            />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

interface RowProps {
  session: SessionInfo;
  busy: boolean;
  disabled: boolean;
  onEnd: () => void;
}

function Row({ session, busy, disabled, onEnd }: RowProps) {
  const t = useTranslations('account.sessions');
  const { address, current, device, lastUsedAt } = session;
  const known = readDevice(device);
  const name = known === null ? device || t('unknownDevice') : t('deviceOn', { ...known });
  return (
    <TableRow data-slot="session-row">
      <TableCell className="max-w-80 max-sm:py-2">
        <span className="font-medium break-words" title={device}>
          {name}
        </span>
        <span className="block text-xs text-fg-3 sm:hidden">
          <span translate="no">{address}</span> · <TimeAgo at={lastUsedAt} />
        </span>
      </TableCell>
      <TableCell className="font-mono text-xs max-sm:hidden" translate="no">
        {address}
      </TableCell>
      <TableCell className="whitespace-nowrap max-sm:hidden">
        <TimeAgo at={lastUsedAt} />
      </TableCell>
      <TableCell className="text-end">
        {current ? (
          <Badge tone="success">{t('current')}</Badge>
        ) : (
          <Button
            size="small"
            loading={busy}
            disabled={disabled}
            aria-label={t('endNamed', { device: name, address })}
            onClick={onEnd}
          >
            {t('end')}
          </Button>
        )}
      </TableCell>
    </TableRow>
  );
}

const ALL = 'all';
type Which = SessionInfo['id'] | typeof ALL;

function useEnding() {
  const router = useRouter();
  const showError = useErrorToast();
  const [ending, setEnding] = useState<Which | null>(null);
  const end = (which: Which, words: string) => {
    setEnding(which);
    api('DELETE', which === ALL ? '/me/sessions' : `/me/sessions/${which}`)
      .then(() => {
        toast.success(words);
        announce(words);
      })
      .catch(showError)
      .finally(() => {
        setEnding(null);
        router.refresh();
      });
  };
  return { ending, end };
}
