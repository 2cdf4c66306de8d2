'use client';

import { ScrollText, SearchX } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Container, LogPage, PresetLogTrigger } from '@bailiwick/contract';
import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { announce } from '../../lib/announce.ts';
import { cn } from '../../ui/class-names.ts';
import { copyText } from '../../ui/clipboard.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { toast } from '../../ui/toast.tsx';
import { useMe } from '../identity/me.tsx';
import { firstPicture } from './first-picture.ts';
import { FeedNotice } from './feed-notice.tsx';
import { LineFields } from './line-fields.tsx';
import { useLogColumns } from './log-columns.ts';
import { LogHistogram } from './log-histogram.tsx';
import { useLogPreferences } from './log-preferences.ts';
import type { LogLineRow } from './log-rows.ts';
import { toExpression } from './log-search.rules.ts';
import { LogStatus } from './log-status.tsx';
import { LogToolbar, useTypedFilter } from './log-toolbar.tsx';
import { cleared, isFiltered, isNarrowed, type LinkedLine, linkTo, readFilter, writeFilter } from './log-url.rules.ts';
import type { LogFilter } from './log-view.ts';
import { type Jump, LogViewport, type LogViewportHandle, type Marked } from './log-viewport.tsx';
import { OlderSearchBar } from './older-search.tsx';
import { SeverityRail } from './severity-rail.tsx';
import { SpanNotice } from './span-notice.tsx';
import { placeAfter, toRow, type ViewedLog } from './together.rules.ts';
import { TriggerNotice } from './trigger-notice.tsx';
import { useLogKeys } from './use-log-keys.ts';
import { useSpokenErrors } from './use-spoken-errors.ts';
import { useLogWorker } from './use-log-worker.ts';

const TYPING_RESTS_MS = 150;
const NO_COLUMNS: readonly string[] = [];

interface Shown {
  linked: LinkedLine | null;
  /** What its preset finds worth telling. */
  triggers: PresetLogTrigger[];
  /** Below the log. */
  children?: ReactNode;
}

export interface LogViewerProps extends Shown {
  container: Pick<Container, 'id' | 'name' | 'rights'>;
  page: LogPage;
}

/** The log of one container that is there. */
export function LogViewer({ container: { id, name, rights }, page, ...shown }: LogViewerProps) {
  const t = useTranslations('logs');
  const logs = useMemo((): ViewedLog[] => {
    const rows = page.lines.map((line) => ({ type: 'line' as const, ...line }));
    return [{ id, name, rights, kept: false, rows, more: page.more }];
  }, [id, name, rights, page]);
  return <LogsViewer logs={logs} title={t('title', { name })} {...shown} />;
}

export interface LogsViewerProps extends Shown {
  logs: ViewedLog[];
  title: string;
}

/** One log, or several in the order of their times. */
export function LogsViewer({ logs, title, linked, triggers, children }: LogsViewerProps) {
  const t = useTranslations('logs');
  const pathname = usePathname();
  const { filter, setFilter } = useUrlFilter();
  const [typed, type] = useTypedFilter(filter, setFilter, TYPING_RESTS_MS);
  const [preferences, changePreferences] = useLogPreferences();
  const [columns, changeColumn] = useLogColumns(logs.map(({ id }) => id));
  const reading = useMemo(() => ({ folding: preferences.fold, columns }), [preferences.fold, columns]);
  const [follow, setFollow] = useState(linked === null);
  const [marked, setMarked] = useState<Marked | null>(null);
  const [jump, setJump] = useState<Jump | null>(null);
  const [jumping, setJumping] = useState(false);
  const [opened, setOpened] = useState<LogLineRow | null>(null);
  const [ordinal, setOrdinal] = useState<number | null>(null);
  const [full, setFull] = useState(false);
  const searchField = useRef<HTMLInputElement>(null);
  const viewport = useRef<LogViewportHandle>(null);
  const sources = useMemo(
    () =>
      logs.map(({ id, kept, rows, more }, source) => ({
        containerId: id,
        kept,
        rows: rows.map((row) => toRow(row, source)),
        more,
      })),
    [logs],
  );
  const initial = useMemo(() => firstPicture(sources), [sources]);
  const [only] = logs.length === 1 ? logs : [];
  const [pausedAt, setPausedAt] = useState(initial.end);
  const broken = useMemo(() => filter.query !== '' && toExpression(filter) === null, [filter]);

  const worker = useLogWorker({
    sources,
    filter,
    reading,
    triggers: triggers.map(({ pattern }) => pattern),
    onGo: (place, at) => {
      pause();
      setMarked({ from: place, to: place });
      setJump({ place });
      setOrdinal(at);
    },
    onFiltered: (place) => viewport.current?.keep(place),
    onFolded: (place) => setMarked({ from: place, to: place }),
    onMoved: (put) => {
      viewport.current?.move(put);
      setMarked((before) => before && { from: placeAfter(before.from, put), to: placeAfter(before.to, put) });
    },
    onMissing: () => toast(t(linked?.cursor === null ? 'jump.gone' : 'lineGone')),
    onCopied: (text) => void copyText(text).then((done) => done && toast(t('copied'))),
    onTooSlow: () => {
      setFilter({ ...filter, query: '' });
      toast.error(t('search.tooSlow'), { duration: Infinity });
    },
  });
  const { send, ask } = worker;
  const picture = worker.picture ?? initial;
  const loaded = worker.picture !== null;
  useSpokenErrors(preferences.speak, picture.troubles);

  const showWindow = useCallback(
    (from: number, count: number) => send({ type: 'window', from, count, follow }),
    [send, follow],
  );
  const pause = () => {
    if (follow) setPausedAt(picture.end);
    setFollow(false);
  };
  const changeFollow = (next: boolean) => (next ? setFollow(true) : pause());

  const session = useMe().session.id;
  const follows = useRef(session);
  useEffect(() => {
    if (follows.current === session) return;
    follows.current = session;
    send({ type: 'retry' });
  }, [session, send]);

  const shown = useRef({ filter, reading });
  useEffect(() => {
    if (shown.current.filter === filter && shown.current.reading === reading) return;
    shown.current = { filter, reading };
    setMarked(null);
    setOrdinal(null);
    const keepPlace = viewport.current?.topPlace() ?? 0;
    ask(filter, (request) => ({ type: 'filter', filter, reading, keepPlace, request }));
  }, [filter, reading, ask]);

  // Once for each worker: one that replaces another knows nothing of what was looked for.
  useEffect(() => {
    if (loaded && linked) send({ type: 'find', line: linked });
  }, [loaded, linked, send, worker.life]);

  const rowAt = (place: number) => picture.rows[place - picture.from];
  const mark = (place: number, how: 'only' | 'extend') => {
    const row = rowAt(place);
    if (row?.kind === 'line') {
      const level = row.level === 'unknown' ? '' : t(`level.${row.level}`);
      const folded = row.fold && !row.fold.isOpen ? t('fold.lines', { count: row.fold.lines, matches: 0 }) : '';
      announce([level, row.text, folded].join(' '));
    }
    setMarked((before) =>
      how === 'only' || !before
        ? { from: place, to: place }
        : { from: Math.min(before.from, place), to: Math.max(before.from, place) },
    );
  };
  const copyLink = () => {
    const row = marked ? rowAt(marked.from) : undefined;
    if (row?.kind !== 'line') return;
    const link = new URL(
      linkTo(pathname, row, new URLSearchParams(window.location.search)),
      window.location.origin,
    ).toString();
    void copyText(link).then((done) => done && toast(t('linkCopied')));
  };
  const showFields = (place: number) => {
    const row = rowAt(place);
    if (row?.kind !== 'line' || !row.compact) return;
    pause();
    setMarked({ from: place, to: place });
    setOpened(row);
  };
  const fold = (place: number) => {
    pause();
    send({ type: 'fold', place });
  };
  const markedRow = marked && marked.from === marked.to ? rowAt(marked.from) : undefined;
  const marksJson = markedRow?.kind === 'line' && markedRow.compact !== undefined;
  const fromPlace = () => marked?.from ?? viewport.current?.topPlace() ?? picture.base;
  const goToMatch = (direction: 1 | -1) => send({ type: 'match', fromPlace: fromPlace(), direction });

  useLogKeys({
    onMatch: goToMatch,
    onProblem: (direction) => send({ type: 'problem', fromPlace: fromPlace(), direction }),
    onPause: () => changeFollow(!follow),
    onEnd: () => setFollow(true),
    onOldest: () => {
      pause();
      setJump({ place: picture.base });
    },
    onFold: () => changePreferences({ fold: !preferences.fold }),
    onWrap: () => changePreferences({ wrap: !preferences.wrap }),
    onTime: () => changePreferences({ time: NEXT_TIME[preferences.time] }),
    onJump: () => setJumping(true),
    onMark: () => mark(viewport.current?.topPlace() ?? picture.base, 'only'),
    onFull: () => setFull(!full),
    onClear: () => (full ? setFull(false) : setFilter(cleared(filter))),
  });

  const height = useRestOfScreen(full);
  return (
    <section
      ref={height}
      aria-label={title}
      className={cn(
        'flex flex-col overflow-hidden border-line bg-surface-1',
        full ? 'fixed inset-0 z-40 h-dvh!' : 'relative h-[70dvh] rounded-lg border',
        !full && (children === undefined ? 'min-h-72' : 'min-h-[34rem]'),
      )}
    >
      <LogToolbar
        searchField={searchField}
        logs={logs}
        filter={typed}
        onFilter={type}
        picture={picture}
        ordinal={ordinal}
        onMatch={goToMatch}
        broken={broken}
        follow={follow}
        onFollow={changeFollow}
        jumping={jumping}
        onJumping={setJumping}
        preferences={preferences}
        onPreferences={changePreferences}
      />
      <FeedNotice feed={picture.feed} onRetry={() => send({ type: 'retry' })} />
      <OlderSearchBar logs={logs} filter={filter} picture={picture} time={preferences.time} />
      {only && <TriggerNotice container={only} triggers={triggers} hits={picture.triggered} />}
      {filter.span && (
        <SpanNotice
          span={filter.span}
          time={preferences.time}
          onClear={() => setFilter({ ...filter, span: null }, 'push')}
        />
      )}
      {picture.profile && (
        <LogHistogram
          profile={picture.profile}
          time={preferences.time}
          onMoment={(at) => send({ type: 'find', line: { at, cursor: null } })}
          onSpan={(span) => {
            pause();
            setFilter({ ...filter, span }, 'push');
          }}
        />
      )}
      <div className="relative flex min-h-0 grow overflow-hidden">
        <LogViewport
          ref={viewport}
          names={logs.map(({ name }) => name)}
          picture={picture}
          life={worker.life}
          follow={follow}
          preferences={preferences}
          columns={preferences.compact ? columns : NO_COLUMNS}
          onColumn={changeColumn}
          marked={marked}
          jump={jump}
          onFollow={changeFollow}
          onWindow={showWindow}
          onOlder={() => send({ type: 'older' })}
          onMark={mark}
          onFields={showFields}
          onFold={fold}
          onSearch={() => searchField.current?.focus()}
        />
        {picture.profile && (
          <SeverityRail
            rail={picture.profile.rail}
            onPlace={(part) => {
              pause();
              setJump({ place: picture.base + Math.floor(part * picture.count) });
            }}
          />
        )}
        {picture.count === 0 && <Nothing filtered={isFiltered(filter)} onClear={() => setFilter(cleared(filter))} />}
        {!follow && (
          <Button
            look="primary"
            data-slot="log-resume"
            onClick={() => setFollow(true)}
            className="absolute inset-x-0 bottom-3 mx-auto w-fit rounded-full shadow-pop"
          >
            {t('paused', { count: Math.max(0, picture.end - pausedAt) })} · {t('resume')}
          </Button>
        )}
      </div>
      {opened && (
        <LineFields
          row={opened}
          onFilter={(query) => setFilter({ ...filter, query, regex: false, onlyMatches: true })}
          columns={columns}
          onColumn={(path) => {
            changeColumn(path);
            if (!preferences.compact) changePreferences({ compact: true });
          }}
          onClose={() => setOpened(null)}
        />
      )}
      <LogStatus
        picture={picture}
        narrowed={isNarrowed(filter)}
        marked={marked ? marked.to - marked.from + 1 : 0}
        onCopy={(markdown) => marked && send({ type: 'copy', ...marked, markdown })}
        speak={preferences.speak}
        onSpeak={(speak) => changePreferences({ speak })}
        onLink={copyLink}
        onFields={marksJson ? () => marked && showFields(marked.from) : null}
        fold={markedRow?.kind === 'line' ? (markedRow.fold ?? null) : null}
        onFold={() => marked && fold(marked.from)}
        full={full}
        onFull={() => setFull(!full)}
      />
      {children}
    </section>
  );
}

const NEXT_TIME = { off: 'local', local: 'utc', utc: 'ago', ago: 'delta', delta: 'off' } as const;

function Nothing({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const t = useTranslations('logs');
  return (
    <div className="pointer-events-none absolute inset-0 flex items-center justify-center">
      {filtered ? (
        <EmptyState
          className="pointer-events-auto"
          icon={SearchX}
          title={t('filtered.title')}
          actions={<Button onClick={onClear}>{t('filtered.clear')}</Button>}
        />
      ) : (
        <EmptyState icon={ScrollText} title={t('empty.title')}>
          <p>{t('empty.hint')}</p>
        </EmptyState>
      )}
    </div>
  );
}

/** The filter stands in the address: reload, back and a copied link show the same. */
function useUrlFilter(): { filter: LogFilter; setFilter: (filter: LogFilter, how?: 'push') => void } {
  const params = useAddressQuery();
  // The rest of the address may change, a line may be linked: the filter is still the same one.
  const own = writeFilter(new URLSearchParams(), readFilter(params)).toString();
  const filter = useMemo(() => readFilter(new URLSearchParams(own)), [own]);
  const setFilter = (next: LogFilter, how: 'replace' | 'push' = 'replace') => {
    const query = writeFilter(new URLSearchParams(window.location.search), next).toString();
    changeAddress(query === '' ? window.location.pathname : `?${query}`, how);
  };
  return { filter, setFilter };
}

/** As high as what is left of the screen below where it begins. */
function useRestOfScreen(full: boolean) {
  const element = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (full) return undefined;
    const fit = () => {
      if (!element.current) return;
      const top = element.current.getBoundingClientRect().top + window.scrollY;
      element.current.style.height = `calc(100dvh - ${Math.round(top)}px - var(--page-end))`;
    };
    fit();
    window.addEventListener('resize', fit);
    return () => window.removeEventListener('resize', fit);
  }, [full]);
  return element;
}
