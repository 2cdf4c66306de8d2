'use client';

import { useEffect, useState } from 'react';
import type { CoreLogEntry, CoreLogMessage } from '@bailiwick/contract';
import { sessionEnded } from '../../lib/api.ts';
import { retryDelayMs } from '../../lib/backoff.rules.ts';
import { afterMessage } from './core-log.rules.ts';

const NO_LONGER_ALLOWED = 1008;

export type CoreLogState = 'connecting' | 'live' | 'reconnecting' | 'ended';

/** The entries the page came with, and whatever the core writes from then on. */
export function useCoreLog(initial: readonly CoreLogEntry[]): {
  entries: readonly CoreLogEntry[];
  state: CoreLogState;
} {
  const [entries, setEntries] = useState(initial);
  const [state, setState] = useState<CoreLogState>('connecting');

  useEffect(() => {
    let attempt = 0;
    let left = false;
    let socket: WebSocket | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      socket = new WebSocket(`${window.location.origin.replace(/^http/, 'ws')}/api/v1/logs/stream`);
      socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
        // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the sender checks it; see api.ts
        const message: CoreLogMessage = JSON.parse(data);
        attempt = 0;
        setState('live');
        setEntries((known) => afterMessage(known, message));
      });
      socket.addEventListener('close', ({ code, reason }) => {
        if (left) return;
        if (code === NO_LONGER_ALLOWED) {
          setState('ended');
          if (reason === 'signed_out') sessionEnded();
          return;
        }
        setState('reconnecting');
        timer = setTimeout(open, retryDelayMs(attempt, 0));
        attempt += 1;
      });
    };
    // A page that is only passed through does not open anything.
    timer = setTimeout(open, 0);
    return () => {
      left = true;
      clearTimeout(timer);
      socket?.close();
    };
  }, []);

  return { entries, state };
}
