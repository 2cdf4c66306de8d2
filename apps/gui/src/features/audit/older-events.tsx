'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { AuditEvent, AuditList } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { useErrorToast } from '../shell/error-toast.ts';

/** So many rows come by themselves; beyond that somebody has to ask for them. */
const BY_THEMSELVES = 500;

interface OlderState {
  readonly events: readonly AuditEvent[];
  readonly cursor: string | undefined;
  readonly busy: boolean;
  readonly failed: boolean;
  readonly load: () => void;
}

/** The page as the server rendered it, and what was fetched after it. */
export function useOlderEvents(first: AuditList, path: `/${string}`): OlderState {
  const showError = useErrorToast();
  const [shown, setShown] = useState(first);
  const [pages, setPages] = useState<{ events: readonly AuditEvent[]; cursor: string | undefined }>({
    events: [],
    cursor: first.nextCursor,
  });
  const [status, setStatus] = useState<'idle' | 'busy' | 'failed'>('idle');
  // Another filter, or the newest again: what was fetched after the page before does not belong here.
  if (shown !== first) {
    setShown(first);
    setPages({ events: [], cursor: first.nextCursor });
    setStatus('idle');
  }
  const load = () => {
    const { cursor } = pages;
    if (cursor === undefined || status === 'busy') return;
    setStatus('busy');
    const joint = path.includes('?') ? '&' : '?';
    api<AuditList>('GET', `${path}${joint}cursor=${encodeURIComponent(cursor)}`)
      .then(({ items, nextCursor }) => {
        setPages((before) =>
          before.cursor === cursor ? { events: [...before.events, ...items], cursor: nextCursor } : before,
        );
        setStatus('idle');
      })
      .catch((error: unknown) => {
        setStatus('failed');
        showError(error);
      });
  };
  return {
    events: [...first.items, ...pages.events],
    cursor: pages.cursor,
    busy: status === 'busy',
    failed: status === 'failed',
    load,
  };
}

/** A link to the older rows; where scripts run it fetches them into the list, the first ones by itself. */
export function OlderEvents({ older, hrefOf }: { older: OlderState; hrefOf: (cursor: string) => string }) {
  const t = useTranslations('audit');
  const link = useRef<HTMLAnchorElement>(null);
  const { cursor, busy, failed, load, events } = older;
  const waits = cursor !== undefined && !busy && !failed && events.length < BY_THEMSELVES;
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  useEffect(() => {
    if (!waits || !link.current) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current());
    observer.observe(link.current);
    return () => observer.disconnect();
  }, [waits]);
  if (cursor === undefined) return null;
  return (
    <Button asChild className="mt-3">
      <a
        ref={link}
        href={hrefOf(cursor)}
        aria-busy={busy || undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          load();
        }}
      >
        {busy ? t('loading') : t('more')}
      </a>
    </Button>
  );
}
