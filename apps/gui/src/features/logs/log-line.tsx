import { clsx } from 'clsx';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import type { AnsiColour, AnsiSpan, AnsiStyle } from './ansi.rules.ts';
import { toSpans } from './ansi.rules.ts';
import type { Level } from '@bailiwick/contract/log-levels';
import type { LogPreferences } from './log-preferences.ts';
import type { LogEventRow, LogGapRow, LogLineRow, LogRow } from './log-rows.ts';
import { markFound } from './log-search.rules.ts';
import { timeText } from './log-time.ts';

export const ROW_PX = 20;

const TEXT: Record<AnsiColour, string> = {
  black: 'text-fg-3',
  red: 'text-ansi-red',
  green: 'text-ansi-green',
  yellow: 'text-ansi-yellow',
  blue: 'text-ansi-blue',
  magenta: 'text-ansi-magenta',
  cyan: 'text-ansi-cyan',
  white: 'text-ansi-white',
  'bright-black': 'text-ansi-bright-black',
  'bright-red': 'text-ansi-bright-red',
  'bright-green': 'text-ansi-bright-green',
  'bright-yellow': 'text-ansi-bright-yellow',
  'bright-blue': 'text-ansi-bright-blue',
  'bright-magenta': 'text-ansi-bright-magenta',
  'bright-cyan': 'text-ansi-bright-cyan',
  'bright-white': 'text-fg',
};
/** The same colour behind: as readable as in front, because contrast is the same both ways. */
const BEHIND: Record<AnsiColour, string> = {
  black: 'bg-fg-3',
  red: 'bg-ansi-red',
  green: 'bg-ansi-green',
  yellow: 'bg-ansi-yellow',
  blue: 'bg-ansi-blue',
  magenta: 'bg-ansi-magenta',
  cyan: 'bg-ansi-cyan',
  white: 'bg-ansi-white',
  'bright-black': 'bg-ansi-bright-black',
  'bright-red': 'bg-ansi-bright-red',
  'bright-green': 'bg-ansi-bright-green',
  'bright-yellow': 'bg-ansi-bright-yellow',
  'bright-blue': 'bg-ansi-bright-blue',
  'bright-magenta': 'bg-ansi-bright-magenta',
  'bright-cyan': 'bg-ansi-bright-cyan',
  'bright-white': 'bg-fg',
};

/** A mark at the edge for what needs attention; the letter says it without colour. */
const MARKS: Record<Level, { letter: string; className: string }> = {
  fatal: { letter: 'F', className: 'border-danger-dot text-danger' },
  error: { letter: 'E', className: 'border-danger-dot text-danger' },
  warn: { letter: 'W', className: 'border-warning-dot text-warning' },
  info: { letter: 'I', className: 'border-transparent text-info' },
  debug: { letter: 'D', className: 'border-transparent text-fg-3' },
  trace: { letter: 'T', className: 'border-transparent text-fg-3' },
  unknown: { letter: ' ', className: 'border-transparent' },
};

export interface LogRowProps {
  row: LogRow;
  preferences: LogPreferences;
  /** Changes with the filter, and with it what is found in a row. */
  generation: number;
  /** Changes when rows got other numbers. */
  order: number;
  marked: boolean;
  /** Where it stands in what is shown. */
  place: number;
  /** What its time is told against. */
  nowMs: number;
  before: string | null;
  words: RowWords;
}

/** What rows say, made once for all of them: hundreds are drawn anew every second. */
export interface RowWords {
  level: Record<Level, string>;
  /** The names of the logs, where there are several. */
  sources: readonly string[];
  stderr: string;
  fields: string;
  fold: (fold: NonNullable<LogLineRow['fold']>) => string;
  folded: (fold: NonNullable<LogLineRow['fold']>) => string;
  gap: (row: LogGapRow) => string;
  event: (row: LogEventRow) => string;
}

/** A row never changes as long as it has its number, so that number is all that is compared. */
export const LogRowView = memo(
  function LogRowView({ row, ...rest }: LogRowProps) {
    if (row.kind === 'line') return <Line row={row} {...rest} />;
    const { sources } = rest.words;
    const of = sources.length === 0 ? '' : `${sources[row.source ?? 0] ?? ''}: `;
    if (row.kind === 'gap') return <GapRow text={of + rest.words.gap(row)} />;
    return <EventRow row={row} text={of + rest.words.event(row)} time={rest.preferences.time} />;
  },
  (before, after) =>
    before.row.seq === after.row.seq &&
    before.preferences === after.preferences &&
    before.generation === after.generation &&
    before.order === after.order &&
    before.marked === after.marked &&
    before.nowMs === after.nowMs &&
    before.before === after.before &&
    before.place === after.place &&
    foldKey(before.row) === foldKey(after.row),
);

/** What goes on with a line may come after it. */
const foldKey = (row: LogRow): string => {
  const fold = row.kind === 'line' ? row.fold : undefined;
  return fold ? `${fold.lines} ${fold.matches} ${fold.isOpen}` : '';
};

function Line({
  row,
  preferences,
  marked,
  place,
  nowMs,
  before,
  words,
}: Omit<LogRowProps, 'row' | 'generation' | 'order'> & { row: LogLineRow }) {
  const time = timeText(row.at, preferences.time, { nowMs, before });
  const { letter, className } = MARKS[row.level];
  return (
    <div
      data-slot="log-line"
      data-level={row.level}
      data-place={place}
      data-marked={marked}
      className={clsx(
        'flex gap-2 border-s-2 ps-1.5 pe-3',
        className,
        preferences.wrap ? 'min-h-5' : 'h-5',
        marked ? 'bg-surface-3' : 'hover:bg-surface-2',
      )}
    >
      {time !== '' && (
        <time dateTime={row.at} className="shrink-0 whitespace-pre text-fg-3 select-none" suppressHydrationWarning>
          {time}
        </time>
      )}
      {words.sources.length > 0 && <SourceName source={row.source ?? 0} name={words.sources[row.source ?? 0] ?? ''} />}
      <span className="w-[1ch] shrink-0 whitespace-pre select-none">
        <span aria-hidden>{letter}</span>
        {row.level !== 'unknown' && <span className="sr-only">{words.level[row.level]}</span>}
      </span>
      {preferences.compact && row.compact && <Cells compact={row.compact} />}
      <span
        className={clsx(
          'text-fg',
          preferences.wrap
            ? clsx('break-all whitespace-pre-wrap', row.compact?.cells.length ? 'min-w-[24ch]' : 'min-w-0')
            : 'whitespace-pre',
        )}
      >
        {preferences.compact && row.compact ? (
          <Compact {...row.compact} label={words.fields} />
        ) : (
          <Words text={row.text} found={row.found ?? []} />
        )}
      </span>
      {row.stream === 'stderr' && <span className="sr-only">{words.stderr}</span>}
      {row.fold && <Fold fold={row.fold} words={words} />}
    </div>
  );
}

/** A field in its column; empty where the line has none. */
export const CELL = 'w-[10ch] shrink-0 md:w-[16ch]';

function Cells({ compact: { cells, cellsFound } }: { compact: NonNullable<LogLineRow['compact']> }) {
  return cells.map((text, index) => (
    <span key={index} data-slot="log-cell" title={text} className={clsx(CELL, 'truncate text-fg')}>
      <Marked parts={markFound(text, 0, cellsFound[index] ?? [])} />
    </span>
  ));
}

/** Told apart by more than its colour: the name is there. */
const SOURCE_COLOURS = [
  'text-ansi-cyan',
  'text-ansi-magenta',
  'text-ansi-yellow',
  'text-ansi-green',
  'text-ansi-blue',
  'text-ansi-red',
  'text-ansi-bright-cyan',
  'text-ansi-bright-magenta',
] as const;

export const SOURCE = 'w-[9ch] shrink-0 md:w-[16ch]';

/** The name of one of several logs in its colour. */
export function SourceName({ source, name }: { source: number; name: string }) {
  return (
    <span
      data-slot="log-source"
      translate="no"
      title={name}
      className={clsx(SOURCE, 'truncate font-semibold select-none', SOURCE_COLOURS[source])}
    >
      {name}
    </span>
  );
}

/** Stays in view beside a line that is longer than the screen. */
function Fold({ fold, words }: { fold: NonNullable<LogLineRow['fold']>; words: RowWords }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      data-fold
      aria-expanded={fold.isOpen}
      title={words.fold(fold)}
      className="sticky end-2 ms-auto flex h-5 shrink-0 items-center gap-1 self-start rounded-sm bg-surface-2 px-1.5 whitespace-nowrap text-fg-2 select-none hover:bg-surface-3 hover:text-fg"
    >
      {fold.isOpen ? (
        <ChevronDown aria-hidden className="size-3.5" />
      ) : (
        <ChevronRight aria-hidden className="size-3.5" />
      )}
      <span className={clsx(fold.matches > 0 && 'text-warning')}>{words.folded(fold)}</span>
    </button>
  );
}

/** The message as it is, the rest dimmed; the button opens all fields. */
function Compact({ text, messageEnd, found, label }: NonNullable<LogLineRow['compact']> & { label: string }) {
  const message = text.slice(0, messageEnd);
  const rest = text.slice(messageEnd);
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        data-fields
        aria-label={label}
        className="me-1 rounded-sm px-0.5 text-fg-3 select-none hover:bg-surface-3 hover:text-fg"
      >
        <span aria-hidden>{'{}'}</span>
      </button>
      <Marked parts={markFound(message, 0, found)} />
      <span className="text-fg-2">
        <Marked parts={markFound(rest, messageEnd, found)} />
      </span>
    </>
  );
}

function Words({ text, found }: { text: string; found: readonly number[] }) {
  let offset = 0;
  return toSpans(text).map((span, index) => {
    const from = offset;
    offset += span.text.length;
    return <Span key={index} span={span} parts={markFound(span.text, from, found)} />;
  });
}

const Marked = ({ parts }: { parts: ReturnType<typeof markFound> }) =>
  parts.map((part, index) =>
    part.found ? (
      <mark key={index} className="rounded-[2px] bg-warning-subtle text-fg outline-1 outline-warning-dot">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );

function Span({ span: { style, link }, parts: cut }: { span: AnsiSpan; parts: ReturnType<typeof markFound> }) {
  const className = styleOf(style);
  const parts = <Marked parts={cut} />;
  if (link !== null)
    return (
      <a href={link} target="_blank" rel="noreferrer noopener nofollow" className={clsx(className, 'underline')}>
        {parts}
      </a>
    );
  return className === '' ? <span>{parts}</span> : <span className={className}>{parts}</span>;
}

function styleOf(style: AnsiStyle): string {
  const behind = style.inverse ? (style.colour ?? 'bright-white') : style.background;
  return clsx(
    behind === null ? style.colour !== null && TEXT[style.colour] : ['text-inset', BEHIND[behind]],
    style.bold && 'font-bold',
    style.dim && behind === null && style.colour === null && 'text-fg-3',
    style.italic && 'italic',
    style.underline && 'underline',
    style.strike && 'line-through',
  );
}

const RULE =
  'flex h-5 items-center gap-3 px-3 text-2xs before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line';

function GapRow({ text }: { text: string }) {
  return (
    <div data-slot="log-gap" className={clsx(RULE, 'text-warning')}>
      {text}
    </div>
  );
}

function EventRow({ row, text, time }: { row: LogEventRow; text: string; time: LogPreferences['time'] }) {
  return (
    <div data-slot="log-event" data-event={row.event} className={clsx(RULE, 'text-fg-2')}>
      <span suppressHydrationWarning>{[timeText(row.at, time), text].filter(Boolean).join(' · ')}</span>
    </div>
  );
}
