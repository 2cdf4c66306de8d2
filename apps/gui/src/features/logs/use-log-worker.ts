'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { sessionEnded } from '../../lib/api.ts';
import type { FromWorker, Picture, ToWorker } from './log-messages.ts';
import type { LogFilter, Reading } from './log-view.ts';
import type { ReadSource } from './together.rules.ts';

const ANSWER_WITHIN_MS = 2_000;
const PING_EVERY_MS = 3_000;

export interface LogWorker {
  picture: Picture | null;
  /** Counts the workers of this page: rows of different ones do not compare. */
  life: number;
  send: (message: ToWorker) => void;
  /** Numbers a message about a filter; an expression may keep the worker busy for ever, so then it must answer in time. */
  ask: (filter: LogFilter, message: (request: number) => ToWorker) => void;
}

export interface LogWorkerOptions {
  sources: ReadSource[];
  filter: LogFilter;
  reading: Reading;
  /** Patterns that are worth telling. */
  triggers: string[];
  onGo: (place: number, ordinal: number | null) => void;
  onFiltered: (place: number) => void;
  onFolded: (place: number) => void;
  /** Rows were put at these places. */
  onMoved: (put: readonly number[]) => void;
  onMissing: () => void;
  onCopied: (text: string) => void;
  /** The worker was ended because a search never came back; it starts again without the search. */
  onTooSlow: () => void;
}

const isExpression = ({ regex, query }: LogFilter): boolean => regex && query !== '';

/** The worker that owns the log's lines; the page keeps only what is on the screen. */
export function useLogWorker(options: LogWorkerOptions): LogWorker {
  const [picture, setPicture] = useState<Picture | null>(null);
  const [life, setLife] = useState(0);
  const worker = useRef<Worker | null>(null);
  const waiting = useRef(new Map<number, ReturnType<typeof setTimeout>>());
  const requests = useRef(0);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  const messages = useMemo(() => {
    const send = (message: ToWorker) => worker.current?.postMessage(message);
    const ask = (filter: LogFilter, message: (request: number) => ToWorker) => {
      requests.current += 1;
      const request = requests.current;
      const tooSlow = () => {
        latest.current.onTooSlow();
        setLife((before) => before + 1);
      };
      // A worker that has no expression to be caught in is only waited for: the whole machine may be busy.
      if (isExpression(filter)) waiting.current.set(request, setTimeout(tooSlow, ANSWER_WITHIN_MS));
      send(message(request));
    };
    return { send, ask };
  }, []);

  useEffect(() => {
    const own = new Worker(new URL('./log.worker.ts', import.meta.url), { type: 'module' });
    const timers = waiting.current;
    worker.current = own;
    const answered = (request: number) => {
      clearTimeout(timers.get(request));
      timers.delete(request);
    };
    const open = () => {
      const { sources, filter, reading, triggers } = latest.current;
      // A later worker replaces one that never came back from its search.
      const first =
        life === 0
          ? { sources, filter }
          : {
              sources: sources.map((each) => (each.kept ? each : { ...each, rows: [], more: true })),
              filter: { ...filter, query: '' },
            };
      messages.send({ type: 'open', reading, triggers, ...first });
      messages.ask(first.filter, (request) => ({ type: 'ping', request }));
    };
    own.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      switch (data.type) {
        case 'ready':
          return open();
        case 'picture':
          return setPicture(data.picture);
        case 'go':
          return latest.current.onGo(data.place, data.ordinal);
        case 'folded':
          return latest.current.onFolded(data.place);
        case 'moved':
          return latest.current.onMoved(data.put);
        case 'filtered':
          answered(data.request);
          return latest.current.onFiltered(data.place);
        case 'pong':
          return answered(data.request);
        case 'missing':
          return latest.current.onMissing();
        case 'copied':
          return latest.current.onCopied(data.text);
        case 'signedOut':
          return sessionEnded();
      }
    });
    return () => {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      own.terminate();
      worker.current = null;
    };
  }, [life, messages]);

  // A new line may be the one an expression never finishes on.
  const watched = isExpression(options.filter);
  useEffect(() => {
    if (!watched) return undefined;
    const ping = () => messages.ask(latest.current.filter, (request) => ({ type: 'ping', request }));
    const timer = setInterval(ping, PING_EVERY_MS);
    return () => clearInterval(timer);
  }, [watched, messages]);

  return { picture, life, ...messages };
}
