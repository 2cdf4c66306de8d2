'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { BackgroundCommand, CommandLogPiece } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { formatBytes } from '../../lib/format.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toPlainText } from '../logs/ansi.rules.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { type CommandLog, NOTHING_SAID, toShown, withPiece } from './command-log.rules.ts';

const AGAIN_MS = 1000;

type Kept = CommandLog & { readonly isWhole: boolean };

/** What a command says, as it says it; a stranger's text, and nothing but text. */
export function CommandLogView({ of }: { of: BackgroundCommand }) {
  const { id, containerId, command, endedAt, unheardSince } = of;
  const t = useTranslations('commands.background');
  const locale = useLocale();
  const format = useFormatter();
  const client = useQueryClient();
  const [follows, setFollows] = useState(true);
  const view = useRef<HTMLPreElement>(null);
  const isOver = endedAt !== null || unheardSince !== null;
  const queryKey = ['containers', containerId, 'background-commands', id, 'log'];
  const { data, error } = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<Kept> => {
      let log: CommandLog = client.getQueryData<Kept>(queryKey) ?? NOTHING_SAID;
      for (;;) {
        const path = `/containers/${containerId}/background-commands/${id}/log?after=${log.next}` as const;
        const piece = await api<CommandLogPiece>('GET', path, { signal });
        log = withPiece(log, piece);
        if (piece.next >= piece.total || piece.text === '') return { ...log, isWhole: isOver };
      }
    },
    refetchInterval: ({ state }) => (state.data?.isWhole === true ? false : AGAIN_MS),
  });
  useEffect(() => {
    if (follows) view.current?.scrollTo({ top: view.current.scrollHeight });
  }, [follows, data]);
  return (
    <div className="border-t border-line">
      <ErrorNotice error={error instanceof ApiError ? error : null} />
      {data === undefined && error === null && <Skeleton className="m-3 h-5" />}
      {data?.parts.length === 0 && <p className="px-3 py-2 text-sm text-fg-3">{t('silent')}</p>}
      <pre
        ref={view}
        translate="no"
        tabIndex={0}
        role="region"
        aria-label={t('log', { command })}
        className="max-h-96 overflow-auto px-3 py-2 font-mono text-xs break-all whitespace-pre-wrap empty:hidden"
      >
        {toShown(data ?? NOTHING_SAID).map((shown) =>
          'text' in shown ? (
            <span key={shown.key}>{shown.text.split(/\r?\n/).map(toPlainText).join('\n')}</span>
          ) : (
            <span key={shown.key} translate="yes" className="block font-sans text-fg-2 italic">
              {t('leftOut', { size: formatBytes(shown.leftOut, locale) })}
            </span>
          ),
        )}
      </pre>
      {unheardSince !== null && (
        <p className="border-t border-line px-3 py-1.5 text-xs text-warning">
          {t('unheard', {
            time: format.dateTime(new Date(unheardSince), { dateStyle: 'medium', timeStyle: 'medium' }),
          })}
        </p>
      )}
      {!isOver && (
        <label className="flex min-h-8 items-center gap-2 border-t border-line px-3 text-sm touch:min-h-11">
          <Checkbox checked={follows} onChange={(event) => setFollows(event.target.checked)} />
          {t('follow')}
        </label>
      )}
    </div>
  );
}
