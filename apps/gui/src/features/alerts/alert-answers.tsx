'use client';

import { useMutation } from '@tanstack/react-query';
import { BellOff, Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Alert } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuContent, MenuItem, MenuLabel, MenuTrigger } from '../../ui/menu.tsx';
import { toast } from '../../ui/toast.tsx';
import { useErrorToast } from '../shell/error-toast.ts';

const HOUR_MS = 3_600_000;
const SPANS = { hour: HOUR_MS, eight: 8 * HOUR_MS, day: 24 * HOUR_MS, week: 168 * HOUR_MS } as const;
type Said = 'acknowledged' | 'silenced' | 'unsilenced';
interface Answer {
  said: Said;
  method: 'POST' | 'DELETE';
  path: 'acknowledge' | 'silence';
  body?: { durationMs: number };
}

/** What the reader can say to an open alert; nothing for who may not restart what it is about. */
export function AlertAnswers({ alert }: { alert: Alert }) {
  const t = useTranslations('alerts');
  const showError = useErrorToast();
  const { mutate, isPending } = useMutation({
    mutationFn: ({ method, path, body }: Answer) => api(method, `/alerts/${alert.id}/${path}`, body ? { body } : {}),
    onSuccess: (_, { said }) => toast.success(t(said)),
    onError: showError,
  });
  if (alert.state !== 'open' || !alert.rights.can.includes('containers.restart')) return null;
  return (
    <>
      {alert.acknowledged === null && (
        <Button
          look="primary"
          loading={isPending}
          onClick={() => mutate({ said: 'acknowledged', method: 'POST', path: 'acknowledge' })}
        >
          <Check aria-hidden />
          {t('acknowledge')}
        </Button>
      )}
      {alert.silencedUntil === null || alert.silence !== null ? (
        <Menu>
          <MenuTrigger asChild>
            <Button>
              <BellOff aria-hidden />
              {t('silence')}
            </Button>
          </MenuTrigger>
          <MenuContent align="start">
            <MenuLabel>{t('silenceFor')}</MenuLabel>
            {(['hour', 'eight', 'day', 'week'] as const).map((span) => (
              <MenuItem
                key={span}
                onSelect={() =>
                  mutate({ said: 'silenced', method: 'POST', path: 'silence', body: { durationMs: SPANS[span] } })
                }
              >
                {t(span)}
              </MenuItem>
            ))}
          </MenuContent>
        </Menu>
      ) : (
        <Button loading={isPending} onClick={() => mutate({ said: 'unsilenced', method: 'DELETE', path: 'silence' })}>
          {t('unsilence')}
        </Button>
      )}
    </>
  );
}
