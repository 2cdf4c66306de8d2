'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import type { ContainerId, LogPage } from '@bailiwick/contract';
import { sessionEnded } from '../../lib/api.ts';
import type { FromWorker, Picture, ToWorker } from './log-messages.ts';
import type { LogFilter } from './log-view.ts';

const ANSWER_WITHIN_MS = 2_000;
const PING_EVERY_MS = 3_000;

export interface LogWorker {
  picture: Picture | null;
  /** Counts the workers of this page: rows of different ones do not compare. */
  life: number;
  send: (message: ToWorker) => void;
  /** Numbers a message that the worker must answer in time; an expression may keep it busy for ever. */
  ask: (message: (request: number) => ToWorker) => void;
}

export interface LogWorkerOptions {
  containerId: ContainerId;
  page: LogPage;
  filter: LogFilter;
  onGo: (place: number, ordinal: number | null) => void;
  onFiltered: (place: number) => void;
  onMissing: () => void;
  onCopied: (text: string) => void;
  /** The worker was ended because a search never came back; it starts again without the search. */
  onTooSlow: () => void;
}

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
    const ask = (message: (request: number) => ToWorker) => {
      requests.current += 1;
      const request = requests.current;
      const timer = setTimeout(() => {
        latest.current.onTooSlow();
        setLife((before) => before + 1);
      }, ANSWER_WITHIN_MS);
      waiting.current.set(request, timer);
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
      const { containerId, page, filter } = latest.current;
      // A later worker replaces one that never came back from its search.
      const first = life === 0 ? { ...page, filter } : { lines: [], more: true, filter: { ...filter, query: '' } };
      messages.send({ type: 'open', containerId, ...first });
      messages.ask((request) => ({ type: 'ping', request }));
    };
    own.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      switch (data.type) {
        case 'ready':
          return open();
        case 'picture':
          return setPicture(data.picture);
        case 'go':
          return latest.current.onGo(data.place, data.ordinal);
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
  const watched = options.filter.regex && options.filter.query !== '';
  useEffect(() => {
    if (!watched) return undefined;
    const timer = setInterval(() => messages.ask((request) => ({ type: 'ping', request })), PING_EVERY_MS);
    return () => clearInterval(timer);
  }, [watched, messages]);

  return { picture, life, ...messages };
}
