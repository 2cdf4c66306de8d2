import { type Level, LEVELS } from '@bailiwick/contract/log-levels';
import { CONTEXTS, type LogFilter, NO_FILTER, SINCES, type Span } from './log-view.ts';

/** The line a link points to: its moment finds the page of history, its cursor the line in it. */
export interface LinkedLine {
  at: string;
  /** Null where only the moment is meant. */
  cursor: string | null;
}

const CURSOR = /^[\w.-]{1,200}$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** The query of an address as a page is given it; what stands there twice is not meant. */
export const toParams = (query: Record<string, string | string[] | undefined>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );

/** `?q=&re=1&only=1&context=3&level=error,warn&stream=stderr&from=&to=`: a filter that can be sent to somebody. */
export function readFilter(params: URLSearchParams): LogFilter {
  const wanted = (params.get('level') ?? '').split(',');
  const stream = params.get('stream');
  return {
    query: (params.get('q') ?? '').slice(0, 500),
    regex: params.get('re') === '1',
    onlyMatches: params.get('only') === '1',
    context: CONTEXTS.find((lines) => String(lines) === params.get('context')) ?? 0,
    levels: LEVELS.filter((level) => wanted.includes(level)),
    stream: stream === 'stdout' || stream === 'stderr' ? stream : null,
    invert: params.get('not') === '1',
    since: SINCES.find((each) => each === params.get('since')) ?? null,
    span: readSpan(params),
  };
}

export function readSpan(params: URLSearchParams): Span | null {
  const [from, to] = [params.get('from') ?? '', params.get('to') ?? ''];
  return MOMENT.test(from) && MOMENT.test(to) && Date.parse(from) <= Date.parse(to) ? { from, to } : null;
}

/** The filter's part of the address, the rest of it kept; what is not set is not written. */
export function writeFilter(params: URLSearchParams, filter: LogFilter): URLSearchParams {
  const next = new URLSearchParams(params);
  const set = (name: string, value: string) => (value === '' ? next.delete(name) : next.set(name, value));
  set('q', filter.query);
  set('re', filter.regex ? '1' : '');
  set('only', filter.onlyMatches ? '1' : '');
  set('context', filter.context === 0 ? '' : String(filter.context));
  set('level', filter.levels.join(','));
  set('stream', filter.stream ?? '');
  set('not', filter.invert ? '1' : '');
  set('since', filter.since ?? '');
  set('from', filter.span?.from ?? '');
  set('to', filter.span?.to ?? '');
  return next;
}

export function readLinkedLine(params: URLSearchParams): LinkedLine | null {
  const at = params.get('at') ?? '';
  const cursor = params.get('line');
  return MOMENT.test(at) && (cursor === null || CURSOR.test(cursor)) ? { at, cursor } : null;
}

/** An address that shows the same line to anybody who may read the log; filters are left out so that it is in view, which logs it is shown with is not. */
export function linkTo(path: string, line: { at: string; cursor: string }, query = new URLSearchParams()): string {
  const containers = query.get('containers');
  const logs = containers === null ? {} : { containers };
  return `${path}?${new URLSearchParams({ ...logs, at: line.at, line: line.cursor })}`;
}

/** The address of the log at a moment; what is searched for stays. */
export function atMoment(params: URLSearchParams, moment: Date): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete('line');
  next.set('at', moment.toISOString());
  return next;
}

/** The end of the page of history that holds a linked line: the engine's times are finer than ours, so a moment later. */
export function justAfter(at: string): string {
  return new Date(Date.parse(at) + 1).toISOString();
}

export const isFiltered = (filter: LogFilter): boolean => filter.query !== '' || hasPart(filter);

/** Whether some lines are left out; a search alone only marks them. */
export const isNarrowed = (filter: LogFilter): boolean =>
  hasPart(filter) || (filter.onlyMatches && filter.query !== '');

const hasPart = ({ levels, stream, since, span }: LogFilter): boolean =>
  levels.length > 0 || stream !== null || since !== null || span !== null;

export const withLevel = (filter: LogFilter, level: Level): LogFilter => ({
  ...filter,
  levels: filter.levels.includes(level) ? filter.levels.filter((each) => each !== level) : [...filter.levels, level],
});

export const cleared = (filter: LogFilter): LogFilter => ({
  ...NO_FILTER,
  regex: filter.regex,
  invert: filter.invert,
  onlyMatches: filter.onlyMatches,
  context: filter.context,
});
