'use client';

import {
  Ban,
  Braces,
  ChevronDown,
  ChevronUp,
  Filter,
  ListCollapse,
  Pause,
  Play,
  Regex,
  SlidersHorizontal,
  WrapText,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, type Ref, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { cn } from '../../ui/class-names.ts';
import { Dialog, DialogTrigger, SheetContent } from '../../ui/dialog.tsx';
import { IconButton, type IconButtonProps } from '../../ui/icon-button.tsx';
import { Input, Select } from '../../ui/input.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { DownloadLog, type DownloadedLog } from './download-log.tsx';
import { JumpToTime } from './jump-to-time.tsx';
import { type Level, LEVELS } from '@bailiwick/contract/log-levels';
import type { Picture } from './log-messages.ts';
import { type LogPreferences, TIMES } from './log-preferences.ts';
import { withLevel } from './log-url.rules.ts';
import { CONTEXTS, type LogFilter, SINCES } from './log-view.ts';

export interface LogToolbarProps {
  searchField: Ref<HTMLInputElement>;
  logs: readonly DownloadedLog[];
  filter: LogFilter;
  onFilter: (filter: LogFilter) => void;
  picture: Picture;
  /** Which match is in view; null before the first jump. */
  ordinal: number | null;
  onMatch: (direction: 1 | -1) => void;
  /** The search is an expression that cannot be read. */
  broken: boolean;
  follow: boolean;
  onFollow: (follow: boolean) => void;
  jumping: boolean;
  onJumping: (open: boolean) => void;
  preferences: LogPreferences;
  onPreferences: (change: Partial<LogPreferences>) => void;
}

export function LogToolbar(props: LogToolbarProps) {
  const t = useTranslations('logs');
  const { follow, onFollow, jumping, onJumping } = props;
  return (
    <div
      role="toolbar"
      aria-label={t('options')}
      className="flex flex-wrap items-center gap-x-2 gap-y-2 border-b border-line px-2 py-1.5"
    >
      <Search {...props} />
      <div className="flex items-center gap-2 max-lg:hidden">
        <Levels {...props} />
        <Streams {...props} />
        <SinceWhen {...props} />
      </div>
      <div className="ms-auto flex items-center gap-1">
        <div className="flex items-center gap-1 max-lg:hidden">
          <Reading {...props} />
        </div>
        <Dialog>
          <DialogTrigger asChild>
            <Button look="ghost" className="lg:hidden">
              <SlidersHorizontal aria-hidden />
              {t('options')}
            </Button>
          </DialogTrigger>
          <SheetContent side="bottom" title={t('options')}>
            <div className="flex flex-col items-start gap-4 pt-2">
              <Levels {...props} />
              <Streams {...props} />
              <SinceWhen {...props} />
              <div className="flex items-center gap-2">
                <Reading {...props} />
              </div>
            </div>
          </SheetContent>
        </Dialog>
        <JumpToTime open={jumping} onOpen={onJumping} />
        <Button look={follow ? 'ghost' : 'secondary'} onClick={() => onFollow(!follow)}>
          {follow ? <Pause aria-hidden /> : <Play aria-hidden />}
          <span className="lg:sr-only 2xl:not-sr-only">{t(follow ? 'follow.pause' : 'follow.resume')}</span>
        </Button>
      </div>
    </div>
  );
}

function Search({ searchField, filter, onFilter, picture, ordinal, onMatch, broken }: LogToolbarProps) {
  const t = useTranslations('logs.search');
  const searching = filter.query !== '';
  return (
    <search className="flex min-w-0 grow items-center gap-1 md:grow-0">
      <Input
        ref={searchField}
        type="search"
        data-page-filter
        aria-label={t('label')}
        aria-invalid={broken || undefined}
        placeholder={t('placeholder')}
        value={filter.query}
        spellCheck={false}
        onChange={(event) => onFilter({ ...filter, query: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onMatch(event.shiftKey ? -1 : 1);
        }}
        className="min-w-24 md:w-32 2xl:w-48"
      />
      <Toggle label={t('regex')} on={filter.regex} onToggle={(regex) => onFilter({ ...filter, regex })}>
        <Regex aria-hidden />
      </Toggle>
      <Toggle
        label={t('only')}
        on={filter.onlyMatches}
        onToggle={(onlyMatches) => onFilter({ ...filter, onlyMatches })}
      >
        <Filter aria-hidden />
      </Toggle>
      <Toggle label={t('invert')} on={filter.invert} onToggle={(invert) => onFilter({ ...filter, invert })}>
        <Ban aria-hidden />
      </Toggle>
      {filter.onlyMatches && <Context filter={filter} onFilter={onFilter} />}
      {searching && (
        <>
          <span role="status" className="text-xs whitespace-nowrap text-fg-2" data-slot="match-count">
            {broken
              ? t('broken')
              : ordinal === null
                ? t('matches', { count: picture.matchCount })
                : t('at', { at: ordinal, count: picture.matchCount })}
          </span>
          <IconButton
            label={t('previous')}
            hint={<Kbd keys="N" />}
            disabled={picture.matchCount === 0}
            onClick={() => onMatch(-1)}
          >
            <ChevronUp aria-hidden />
          </IconButton>
          <IconButton
            label={t('next')}
            hint={<Kbd keys="n" />}
            disabled={picture.matchCount === 0}
            onClick={() => onMatch(1)}
          >
            <ChevronDown aria-hidden />
          </IconButton>
        </>
      )}
    </search>
  );
}

function Context({ filter, onFilter }: Pick<LogToolbarProps, 'filter' | 'onFilter'>) {
  const t = useTranslations('logs.search.context');
  return (
    <Select
      aria-label={t('label')}
      className="w-auto"
      value={filter.context}
      onChange={({ target: { value } }) =>
        onFilter({ ...filter, context: CONTEXTS.find((lines) => String(lines) === value) ?? 0 })
      }
    >
      {CONTEXTS.map((lines) => (
        <option key={lines} value={lines}>
          {t('lines', { count: lines })}
        </option>
      ))}
    </Select>
  );
}

const CHIP: Record<Level, string> = {
  fatal: 'text-danger',
  error: 'text-danger',
  warn: 'text-warning',
  info: 'text-info',
  debug: 'text-fg-2',
  trace: 'text-fg-2',
  unknown: 'text-fg-2',
};

function Levels({ filter, onFilter, picture }: LogToolbarProps) {
  const t = useTranslations('logs.level');
  const present = LEVELS.filter((level) => picture.counts[level] > 0 || filter.levels.includes(level));
  if (present.length === 0) return null;
  return (
    <div role="group" aria-label={t('label')} className="flex flex-wrap gap-1">
      {present.map((level) => (
        <button
          key={level}
          type="button"
          aria-pressed={filter.levels.includes(level)}
          onClick={() => onFilter(withLevel(filter, level))}
          className={cn(
            'inline-flex h-6 items-center gap-1 rounded-full border border-line px-2 text-xs tabular-nums hover:bg-surface-2 aria-pressed:border-accent aria-pressed:bg-accent-subtle aria-pressed:text-fg touch:h-11 touch:px-3',
            CHIP[level],
          )}
        >
          <span className="lg:sr-only 2xl:not-sr-only">{t(level)}</span>
          <span aria-hidden className="font-semibold max-lg:hidden 2xl:hidden">
            {t(level).slice(0, 1)}
          </span>
          <span className="text-fg-2">{picture.counts[level]}</span>
        </button>
      ))}
    </div>
  );
}

function Streams({ filter, onFilter }: LogToolbarProps) {
  const t = useTranslations('logs.stream');
  return (
    <Select
      aria-label={t('label')}
      className="w-auto"
      value={filter.stream ?? 'all'}
      onChange={({ target: { value } }) =>
        onFilter({ ...filter, stream: value === 'stdout' || value === 'stderr' ? value : null })
      }
    >
      <option value="all">{t('all')}</option>
      <option value="stdout">{t('stdout')}</option>
      <option value="stderr">{t('stderr')}</option>
    </Select>
  );
}

function SinceWhen({ filter, onFilter }: LogToolbarProps) {
  const t = useTranslations('logs.since');
  return (
    <Select
      aria-label={t('label')}
      className="w-auto"
      value={filter.since ?? 'all'}
      onChange={({ target: { value } }) =>
        onFilter({ ...filter, since: SINCES.find((each) => each === value) ?? null })
      }
    >
      <option value="all">{t('all')}</option>
      {SINCES.map((each) => (
        <option key={each} value={each}>
          {t(each)}
        </option>
      ))}
    </Select>
  );
}

function Reading({ logs, filter, preferences, onPreferences }: LogToolbarProps) {
  const t = useTranslations('logs');
  return (
    <>
      <Toggle label={t('wrap')} keys="w" on={preferences.wrap} onToggle={(wrap) => onPreferences({ wrap })}>
        <WrapText aria-hidden />
      </Toggle>
      <Toggle label={t('fold.all')} keys="z" on={preferences.fold} onToggle={(fold) => onPreferences({ fold })}>
        <ListCollapse aria-hidden />
      </Toggle>
      <Toggle label={t('compact')} on={preferences.compact} onToggle={(compact) => onPreferences({ compact })}>
        <Braces aria-hidden />
      </Toggle>
      <Select
        aria-label={t('time.label')}
        className="w-auto"
        value={preferences.time}
        onChange={({ target: { value } }) => onPreferences({ time: TIMES.find((each) => each === value) ?? 'local' })}
      >
        {TIMES.map((each) => (
          <option key={each} value={each}>
            {t(`time.${each}`)}
          </option>
        ))}
      </Select>
      <DownloadLog logs={logs} filter={filter} preferences={preferences} />
    </>
  );
}

interface ToggleProps extends Omit<IconButtonProps, 'onToggle' | 'label' | 'children'> {
  label: string;
  keys?: string;
  on: boolean;
  onToggle: (on: boolean) => void;
  children: ReactNode;
}

function Toggle({ keys, on, onToggle, className, ...rest }: ToggleProps) {
  return (
    <IconButton
      {...rest}
      {...(keys === undefined ? {} : { hint: <Kbd keys={keys} /> })}
      aria-pressed={on}
      onClick={() => onToggle(!on)}
      className={cn('aria-pressed:bg-accent-subtle aria-pressed:text-fg', className)}
    />
  );
}

/** The filter as it is typed, handed on when the typing rests; what comes from elsewhere is taken over. */
export function useTypedFilter(
  filter: LogFilter,
  apply: (filter: LogFilter) => void,
  restMs: number,
): [LogFilter, (next: LogFilter) => void] {
  const [typed, setTyped] = useState(filter);
  const [given, setGiven] = useState(filter);
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout> | undefined>();
  if (given !== filter) {
    setGiven(filter);
    setTyped(filter);
  }
  const change = (next: LogFilter) => {
    setTyped(next);
    clearTimeout(timer);
    if (next.query === typed.query) return apply(next);
    return setTimer(setTimeout(() => apply(next), restMs));
  };
  return [typed, change];
}
