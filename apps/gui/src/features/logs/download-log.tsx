'use client';

import { ChevronDown, Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuContent, MenuLink, MenuTrigger } from '../../ui/menu.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { WhyButton } from '../access/why-button.tsx';
import type { LogPreferences } from './log-preferences.ts';
import type { LogFilter } from './log-view.ts';
import type { ViewedLog } from './together.rules.ts';

export type DownloadedLog = Pick<ViewedLog, 'id' | 'name' | 'rights' | 'kept'>;

interface Props {
  logs: readonly DownloadedLog[];
  filter: LogFilter;
  preferences: LogPreferences;
}

const FORMATS = ['log', 'jsonl', 'log.gz', 'jsonl.gz'] as const;
type Format = (typeof FORMATS)[number];

/** The whole log as a file, as the core streams it; of several each one. */
export function DownloadLog({ logs, filter, preferences }: Props) {
  const t = useTranslations('logs');
  const able = logs.filter(({ rights }) => rights.can.includes('containers.logsDownload'));
  const [first] = logs;
  if (able.length === 0 && first)
    return (
      <DisabledReason
        reason={t('downloadRefused')}
        more={<WhyButton resource={first.id} capability="containers.logsDownload" />}
      >
        <Button look="ghost" disabled>
          <Download aria-hidden />
          {t('download')}
        </Button>
      </DisabledReason>
    );
  const [only] = logs.length === 1 ? able : [];
  return (
    <span className="inline-flex items-center">
      {only && (
        <Button look="ghost" asChild>
          <a href={addressOf(only, 'log', filter, preferences)} download title={t('download')}>
            <Download aria-hidden />
            <span className="lg:sr-only 2xl:not-sr-only">{t('download')}</span>
          </a>
        </Button>
      )}
      <Menu>
        <MenuTrigger asChild>
          <IconButton label={t(only ? 'downloadAs' : 'download')}>
            {only ? <ChevronDown aria-hidden /> : <Download aria-hidden />}
          </IconButton>
        </MenuTrigger>
        <MenuContent>
          {able.flatMap((log) =>
            FORMATS.filter((format) => only !== undefined || format === 'log.gz').map((format) => (
              <MenuLink key={`${log.id}.${format}`}>
                <a href={addressOf(log, format, filter, preferences)} download>
                  {only ? t(`format.${WORDS[format]}`) : log.name}
                </a>
              </MenuLink>
            )),
          )}
        </MenuContent>
      </Menu>
    </span>
  );
}

const WORDS = { log: 'log', jsonl: 'jsonl', 'log.gz': 'logPacked', 'jsonl.gz': 'jsonlPacked' } as const;

function addressOf(
  { id, kept }: DownloadedLog,
  format: Format,
  { stream }: LogFilter,
  { time }: LogPreferences,
): string {
  const [kind = 'log', packed] = format.split('.');
  const query = new URLSearchParams({ timestamps: String(time !== 'off') });
  if (kind !== 'log') query.set('format', kind);
  if (packed !== undefined) query.set('gzip', 'true');
  if (stream !== null) query.set('stream', stream);
  return `/api/v1/${kept ? `kept-logs/${id}` : `containers/${id}/logs`}/download?${query}`;
}
