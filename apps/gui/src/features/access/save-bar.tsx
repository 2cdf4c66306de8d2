'use client';

import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { differenceOf, type MatrixRow } from './access-matrix.rules.ts';
import { useAccessWords } from './access-words.ts';

interface Props {
  count: number;
  rows: readonly MatrixRow[];
  /** The same rows as they are saved. */
  saved: readonly MatrixRow[];
  blocked: boolean;
  /** Takes back the last step; null before the first. */
  onBack: (() => void) | null;
  onDiscard: () => void;
  onReview: () => void;
}

const MOST_TOLD = 2;

/** What is not saved yet, in words, and the way to save it or let it go. */
export function SaveBar({ count, rows, saved, blocked, onBack, onDiscard, onReview }: Props) {
  const t = useTranslations('access.bar');
  const tell = useTelling(saved);
  if (count === 0) return null;
  const changed = rows.filter(({ stage }) => stage !== 'saved');
  const told = changed.slice(0, MOST_TOLD).map(tell);
  const more = changed.length - told.length;
  return (
    <section
      aria-label={t('label')}
      data-slot="save-bar"
      className="sticky bottom-2 z-30 mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-accent bg-surface-1 px-4 py-2.5 shadow-pop max-md:bottom-16"
    >
      <p role="status" className="min-w-0 grow basis-64 text-sm">
        <span className="font-medium">{t('count', { count })}</span>
        <span className="text-fg-2">
          {': '}
          {[...told, ...(more > 0 ? [t('more', { count: more })] : [])].join('; ')}
        </span>
      </p>
      <div className="flex flex-wrap gap-2">
        {onBack && <Button onClick={onBack}>{t('stepBack')}</Button>}
        <Button onClick={onDiscard}>{t('discard')}</Button>
        <Button look="primary" disabled={blocked} onClick={onReview}>
          {t('review')}
        </Button>
      </div>
    </section>
  );
}

const MOST_NAMED = 3;

function useTelling(saved: readonly MatrixRow[]): (row: MatrixRow) => string {
  const t = useTranslations('access.bar');
  const words = useAccessWords();
  const list = (all: Parameters<typeof words.names>[0]) =>
    all.length > MOST_NAMED ? t('rights', { count: all.length }) : words.names(all);
  return (row) => {
    const { gains, loses } = differenceOf(
      row,
      saved.find(({ key }) => key === row.key),
    );
    const name = words.rowName(row);
    if (gains.length > 0 && loses.length > 0) return t('both', { name, gains: list(gains), loses: list(loses) });
    if (gains.length > 0) return t('gains', { name, what: list(gains) });
    if (loses.length > 0) return t('loses', { name, what: list(loses) });
    const isEnd = row.kind === 'holder' && row.own && row.given && row.own.expiresAt !== row.given.expiresAt;
    return t(isEnd ? 'end' : 'same', { name });
  };
}
