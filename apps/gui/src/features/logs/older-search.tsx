'use client';

import { LoaderCircle, SearchCode } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useAddressQuery } from '../../lib/address.ts';
import { Button } from '../../ui/button.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import { toPlainText } from './ansi.rules.ts';
import { SourceName } from './log-line.tsx';
import type { Picture } from './log-messages.ts';
import type { LogPreferences } from './log-preferences.ts';
import { timeText } from './log-time.ts';
import { linkTo, writeFilter } from './log-url.rules.ts';
import type { LogFilter } from './log-view.ts';
import { foundTogether, type OlderProgress, type OlderSearch, progressOf } from './older-search.rules.ts';
import { type SearchedLog, useOlderSearch } from './use-older-search.ts';

export interface OlderSearchBarProps {
  logs: readonly SearchedLog[];
  filter: LogFilter;
  picture: Picture;
  time: LogPreferences['time'];
}

/** Offers to look for the same words in lines that are not loaded, and shows what was found there. */
export function OlderSearchBar({ logs, filter, picture, time }: OlderSearchBarProps) {
  const t = useTranslations('logs.olderSearch');
  const { searches, start, stop } = useOlderSearch(logs, filter);
  const { searchFrom } = picture;
  const canStart = searchFrom.some((from) => from !== null);
  if (filter.query === '' || (searches === null && (!canStart || picture.older === 'none'))) return null;
  const progress = searches && progressOf(searches);
  const isRunning = progress?.end === null;
  const found = foundTogether(searches ?? []);
  return (
    <div data-slot="older-search" className="border-b border-line px-2 py-1 text-xs text-fg-2">
      <div className="flex flex-wrap items-center gap-2">
        {isRunning ? (
          <Button size="small" onClick={stop}>
            {t('stop')}
          </Button>
        ) : (
          <Button size="small" look="ghost" disabled={filter.regex || !canStart} onClick={() => start(searchFrom)}>
            <SearchCode aria-hidden />
            {t('start')}
          </Button>
        )}
        {filter.regex && <span>{t('wordsOnly')}</span>}
        {progress && (
          <span role="status" className="flex items-center gap-2" data-slot="older-progress">
            {isRunning && <LoaderCircle aria-hidden className="size-3.5 animate-spin" />}
            {wordsOf(progress, found.length, time, t)}
          </span>
        )}
        {searches && <Refused searches={searches} logs={logs} />}
      </div>
      {found.length > 0 && <Found found={found} logs={logs} filter={filter} time={time} />}
    </div>
  );
}

type Words = ReturnType<typeof useTranslations<'logs.olderSearch'>>;

function wordsOf({ backTo, found, end }: OlderProgress, shown: number, time: LogPreferences['time'], t: Words): string {
  const parts = [
    backTo === null ? '' : t('backTo', { moment: timeText(backTo, time === 'utc' ? 'utc' : 'local').slice(0, 16) }),
    t('found', { count: found }),
    end === null || end === 'failed' ? '' : t(`end.${end}`, { count: shown }),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Which logs could not be searched, and why. */
function Refused({ searches, logs }: { searches: readonly OlderSearch[]; logs: readonly SearchedLog[] }) {
  const words = useErrorWords();
  return searches.map(({ source, error }) => {
    if (!error) return null;
    const name = logs.length > 1 ? `${logs[source]?.name ?? ''}: ` : '';
    return (
      <span key={source} data-slot="older-refused" className="text-danger">
        {name + words(error).text}
      </span>
    );
  });
}

interface FoundProps extends Pick<OlderSearchBarProps, 'logs' | 'filter' | 'time'> {
  found: ReturnType<typeof foundTogether>;
}

/** Each opens its place in the log. */
function Found({ found, logs, filter, time }: FoundProps) {
  const t = useTranslations('logs.olderSearch');
  const pathname = usePathname();
  const query = useAddressQuery();
  const filtered = writeFilter(new URLSearchParams(), {
    ...filter,
    onlyMatches: false,
    levels: [],
    since: null,
    span: null,
  });
  return (
    <ul aria-label={t('list')} className="mt-1 max-h-40 overflow-auto bg-inset font-mono leading-5">
      {found.map(({ line, source }) => (
        <li key={`${source}.${line.cursor}`}>
          <Link
            prefetch={false}
            href={`${linkTo(pathname, line, query)}&${filtered}`}
            className="flex min-h-6 gap-2 px-2 whitespace-pre hover:bg-surface-2"
          >
            <time dateTime={line.at} className="shrink-0 text-fg-3">
              {timeText(line.at, time === 'utc' ? 'utc' : 'local')}
            </time>
            {logs.length > 1 && <SourceName source={source} name={logs[source]?.name ?? ''} />}
            <span className="truncate text-fg">{toPlainText(line.text).slice(0, 400)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
