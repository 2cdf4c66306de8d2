'use client';

import { Stethoscope } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CoreLogEntry } from '@bailiwick/contract';
import { StatusBadge, type StatusIcon } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { LogRowView } from '../logs/log-line.tsx';
import type { LogPreferences } from '../logs/log-preferences.ts';
import { useRowWords } from '../logs/use-row-words.ts';
import { type CoreLogState, useCoreLog } from './use-core-log.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
const READING: LogPreferences = { wrap: true, time: 'local', compact: false, fold: false, speak: false };
const ICONS: Record<CoreLogState, StatusIcon> = {
  connecting: 'busy',
  live: 'good',
  reconnecting: 'warning',
  ended: 'stopped',
};
const NEAR_END_PX = 24;

/** What the core itself says, for staff. */
export function CoreLogPage({ entries: initial }: { entries: CoreLogEntry[] }) {
  const t = useTranslations('settings.coreLog');
  const words = useTranslations('logs');
  const { entries, state } = useCoreLog(initial);
  const [least, setLeast] = useState<CoreLogEntry['level']>('trace');
  const [query, setQuery] = useState('');
  const shown = useMemo(() => {
    const wanted = query.toLowerCase();
    return entries.filter(
      ({ level, logger, message }) =>
        LEVELS.indexOf(level) >= LEVELS.indexOf(least) && `${logger} ${message}`.toLowerCase().includes(wanted),
    );
  }, [entries, least, query]);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          <Tooltip content={t('diagnosticsText')}>
            <Button asChild>
              <a href="/api/v1/diagnostics" download>
                <Stethoscope aria-hidden />
                {t('diagnostics')}
              </a>
            </Button>
          </Tooltip>
        }
      />
      <section
        aria-label={t('title')}
        className="flex h-[calc(100dvh-18rem)] min-h-72 flex-col overflow-hidden rounded-lg border border-line bg-surface-1"
      >
        <div className="flex flex-wrap items-center gap-2 border-b border-line px-2 py-1.5">
          <Input
            type="search"
            data-page-filter
            aria-label={words('search.label')}
            placeholder={words('search.placeholder')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            className="w-48"
          />
          <Select
            aria-label={t('least')}
            className="w-auto"
            value={least}
            onChange={({ target: { value } }) => setLeast(LEVELS.find((level) => level === value) ?? 'trace')}
          >
            {LEVELS.map((level) => (
              <option key={level} value={level}>
                {words(`level.${level}`)}
              </option>
            ))}
          </Select>
          <StatusBadge icon={ICONS[state]} className="ms-auto text-xs" data-slot="core-log-state" data-state={state}>
            {words(`status.${state}`)}
          </StatusBadge>
        </div>
        <Entries entries={shown} />
      </section>
    </>
  );
}

function Entries({ entries }: { entries: readonly CoreLogEntry[] }) {
  const t = useTranslations('settings.coreLog');
  const words = useRowWords();
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    if (box.current && atEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [entries]);
  return (
    <div
      ref={box}
      role="log"
      aria-live="off"
      aria-label={t('title')}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        atEnd.current = scrollTop + clientHeight >= scrollHeight - NEAR_END_PX;
      }}
      className="min-h-0 grow overflow-auto bg-inset py-1 font-mono text-xs leading-5 -outline-offset-2"
    >
      {entries.length === 0 && <p className="px-3 font-sans text-fg-2">{t('none')}</p>}
      {entries.map(({ iso, level, logger, message }, place) => {
        const text = `${logger}: ${message}`;
        const row = { kind: 'line' as const, seq: place, cursor: '', at: iso, stream: 'stdout' as const, level, text };
        return (
          <LogRowView
            nowMs={0}
            before={null}
            key={`${iso} ${text} ${place}`}
            row={row}
            place={place}
            preferences={READING}
            generation={0}
            order={0}
            words={words}
            marked={false}
          />
        );
      })}
    </div>
  );
}
