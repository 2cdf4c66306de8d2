import type { ErrorEnvelope } from '@bailiwick/contract';
import type { Level } from '@bailiwick/contract/log-levels';
import type { LogProfile } from './log-profile.rules.ts';
import type { LogRow } from './log-rows.ts';
import type { LinkedLine } from './log-url.rules.ts';
import type { TriggerHit } from './log-triggers.rules.ts';
import type { LogFilter, Reading } from './log-view.ts';
import type { SearchFrom } from './older-search.rules.ts';
import type { ReadSource } from './together.rules.ts';

/** What the page says to its worker. */
export type ToWorker =
  | { type: 'open'; sources: ReadSource[]; filter: LogFilter; reading: Reading; triggers: string[] }
  /** Which places are on the screen; `follow` means the newest, whatever their places are. */
  | { type: 'window'; from: number; count: number; follow: boolean }
  | { type: 'filter'; filter: LogFilter; reading: Reading; keepPlace: number; request: number }
  /** What goes on with the line at a place is shown, or folded again. */
  | { type: 'fold'; place: number }
  | { type: 'older' }
  | { type: 'match'; fromPlace: number; direction: 1 | -1 }
  | { type: 'problem'; fromPlace: number; direction: 1 | -1 }
  | { type: 'find'; line: LinkedLine }
  /** `markdown`: as a block of code that can be pasted into an issue. */
  | { type: 'copy'; from: number; to: number; markdown: boolean }
  | { type: 'retry' }
  | { type: 'ping'; request: number };

export type FeedState =
  | { state: 'connecting' }
  | { state: 'live' }
  | { state: 'reconnecting'; retryAt: number }
  | { state: 'refused'; error: ErrorEnvelope; retryAt: number | null }
  | { state: 'ended'; reason: 'removed' | 'signed_out' | 'rights_changed' | 'not_found' | 'kept' };

/** Whether there is more before the oldest loaded line. */
export type Older = 'more' | 'loading' | 'none' | 'full' | 'failed';

/** What is shown and what is known about the rest. */
export interface Picture {
  generation: number;
  /** Changes when rows got other numbers. */
  order: number;
  /** The place of the first shown row, and how many there are. */
  base: number;
  count: number;
  /** The rows that were asked for, and the place of the first of them. */
  from: number;
  rows: LogRow[];
  /** Rows loaded, whatever is shown. */
  size: number;
  /** Counts every row that ever came at the new end; the difference while paused is what is new. */
  end: number;
  dropped: number;
  counts: Record<Level, number>;
  matchCount: number;
  older: Older;
  /** From where each log is searched further back; null where there is nothing. */
  searchFrom: Array<SearchFrom | null>;
  feed: FeedState;
  triggered: TriggerHit[];
  /** How many lines of errors came at the new end since this was opened, and the words of the last one. */
  troubles: { count: number; last: string };
  /** Looked at anew once in a while; null before the first time. */
  profile: LogProfile | null;
}

/** What the worker says to the page. */
export type FromWorker =
  /** It runs, and can be told what to open. */
  | { type: 'ready' }
  | { type: 'picture'; picture: Picture }
  | { type: 'filtered'; request: number; place: number; generation: number }
  /** What goes on with the line at a place is shown now, or no more. */
  | { type: 'folded'; place: number }
  /** Rows were put at these places: what stood there and after them stands further on. */
  | { type: 'moved'; put: number[] }
  | { type: 'go'; place: number; ordinal: number | null }
  /** The line that was looked for is not among the loaded ones. */
  | { type: 'missing' }
  | { type: 'copied'; text: string }
  | { type: 'pong'; request: number }
  | { type: 'signedOut' };
