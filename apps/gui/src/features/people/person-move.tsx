'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { Operation } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { useLiveItem, useLiveList } from '../../lib/live-hooks.ts';
import { Progress } from '../../ui/progress.tsx';
import { isEnded, percentOf } from '../operations/operation.rules.ts';
import { OperationStatus } from '../operations/operation-status.tsx';
import { useOperationTitle } from '../operations/operation-words.ts';
import { useErrorWords } from '../shell/error-words.ts';

/** A move as it goes on, beside what it changes; the whole of it stands under Activity. */
export function PersonMove({ initial, onEnded }: { initial: Operation; onEnded: () => void }) {
  const t = useTranslations('people.access');
  const states = useTranslations('operations.state');
  const list = useLiveList(`operation:${initial.id}`, [initial]);
  const operation = useLiveItem(list, initial.id, initial) ?? initial;
  const title = useOperationTitle()(operation);
  const toWords = useErrorWords();
  const ended = isEnded(operation);
  const told = useRef(isEnded(initial));
  useEffect(() => {
    if (!ended || told.current) return;
    told.current = true;
    announce(`${title}: ${states(operation.state)}`, operation.state === 'failed' ? 'assertive' : 'polite');
    onEnded();
  }, [ended, operation.state, title, states, onEnded]);
  return (
    <div
      data-slot="person-move"
      data-state={operation.state}
      className="mb-4 flex flex-col gap-2 rounded-lg border border-line bg-surface-2 px-3 py-2"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 grow font-medium break-words">{title}</span>
        <OperationStatus state={operation.state} />
        <Link href={`/activity/${operation.id}`} className="text-accent-text underline">
          {t('follow')}
        </Link>
      </div>
      {!ended && <Progress percent={percentOf(operation)} label={title} />}
      {operation.error !== null && <p className="text-danger">{toWords(operation.error).text}</p>}
    </div>
  );
}
