'use client';

import { LoaderCircle, SearchCode } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { LogLine } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import { toPlainText } from './ansi.rules.ts';
import type { Picture } from './log-messages.ts';
import type { LogPreferences } from './log-preferences.ts';
import { timeText } from './log-time.ts';
import { linkTo, writeFilter } from './log-url.rules.ts';
import type { LogFilter } from './log-view.ts';
import type { ViewedLog } from './together.rules.ts';
import type { OlderSearch } from './older-search.rules.ts';
import { useOlderSearch } from './use-older-search.ts';

export interface OlderSearchBarProps {
  log: Pick<ViewedLog, 'id' | 'kept'>;
  filter: LogFilter;
  picture: Picture;
  time: LogPreferences['time'];
}

/** Offers to look for the same words in lines that are not loaded, and shows what was found there. */
export function OlderSearchBar({ log, filter, picture, time }: OlderSearchBarProps) {
  const t = useTranslations('logs.olderSearch');
  const words = useErrorWords();
  const { search, error, start, stop } = useOlderSearch(log, filter);
  const { oldest } = picture;
  if (filter.query === '' || (search === null && (oldest === null || picture.older === 'none'))) return null;
  const isRunning = search?.end === null;
  return (
    <div data-slot="older-search" className="border-b border-line px-2 py-1 text-xs text-fg-2">
      <div className="flex flex-wrap items-center gap-2">
        {isRunning ? (
          <Button size="small" onClick={stop}>
            {t('stop')}
          </Button>
        ) : (
          <Button
            size="small"
            look="ghost"
            disabled={filter.regex || oldest === null}
            onClick={() => oldest !== null && start(oldest)}
          >
            <SearchCode aria-hidden />
            {t('start')}
          </Button>
        )}
        {filter.regex && <span>{t('wordsOnly')}</span>}
        {search && (
          <span role="status" className="flex items-center gap-2" data-slot="older-progress">
            {isRunning && <LoaderCircle aria-hidden className="size-3.5 animate-spin" />}
            {progressOf(search, time, t)}
          </span>
        )}
        {error && <span className="text-danger">{words(error.envelope).text}</span>}
      </div>
      {search && search.lines.length > 0 && <Found lines={search.lines} filter={filter} time={time} />}
    </div>
  );
}

type Words = ReturnType<typeof useTranslations<'logs.olderSearch'>>;

function progressOf({ backTo, found, end, lines }: OlderSearch, time: LogPreferences['time'], t: Words): string {
  const parts = [
    backTo === null ? '' : t('backTo', { moment: timeText(backTo, time === 'utc' ? 'utc' : 'local').slice(0, 16) }),
    t('found', { count: found }),
    end === null || end === 'failed' ? '' : t(`end.${end}`, { count: lines.length }),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Each opens its place in the log. */
function Found({
  lines,
  filter,
  time,
}: {
  lines: readonly LogLine[];
  filter: LogFilter;
  time: LogPreferences['time'];
}) {
  const t = useTranslations('logs.olderSearch');
  const pathname = usePathname();
  const filtered = writeFilter(new URLSearchParams(), { ...filter, onlyMatches: false, levels: [] });
  return (
    <ul aria-label={t('list')} className="mt-1 max-h-40 overflow-auto bg-inset font-mono leading-5">
      {lines.map((line) => (
        <li key={line.cursor}>
          <Link
            prefetch={false}
            href={`${linkTo(pathname, line)}&${filtered}`}
            className="flex min-h-6 gap-2 px-2 whitespace-pre hover:bg-surface-2"
          >
            <time dateTime={line.at} className="shrink-0 text-fg-3">
              {timeText(line.at, time === 'utc' ? 'utc' : 'local')}
            </time>
            <span className="truncate text-fg">{toPlainText(line.text).slice(0, 400)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
