import { useFormatter, useTranslations } from 'next-intl';
import type { Mark } from './chart-marks.rules.ts';
import { MARK_COLORS } from './chart-marks.rules.ts';
import { useMarkWords } from './mark-words.ts';

const MOST = 50;

/** The marks of the charts in words, the newest first. */
export function WhatHappened({ marks, restarts }: { marks: readonly Mark[]; restarts?: number }) {
  const t = useTranslations('metrics');
  const date = useFormatter();
  const toWords = useMarkWords();
  return (
    <div className="flex flex-col gap-2 text-sm">
      {restarts !== undefined && (
        <p data-slot="restarts" className="text-fg-2">
          {t('restarts', { count: restarts })}
        </p>
      )}
      {marks.length > 0 && (
        <details>
          <summary className="inline-flex min-h-6 cursor-pointer items-center text-accent-text touch:min-h-11">
            {t('marks', { count: marks.length })}
          </summary>
          <ol className="mt-1 flex flex-col gap-1">
            {marks
              .slice(-MOST)
              .reverse()
              .map((mark) => (
                <li key={`${mark.atMs} ${toWords(mark)}`} className="flex flex-wrap items-baseline gap-x-2">
                  <span
                    aria-hidden
                    className="inline-block size-2 rounded-full"
                    style={{ backgroundColor: `var(${MARK_COLORS[mark.kind]})` }}
                  />
                  <span>{toWords(mark)}</span>
                  <time
                    dateTime={new Date(mark.atMs).toISOString()}
                    className="text-xs text-fg-3"
                    suppressHydrationWarning
                  >
                    {date.dateTime(mark.atMs, { dateStyle: 'short', timeStyle: 'medium' })}
                  </time>
                </li>
              ))}
          </ol>
        </details>
      )}
    </div>
  );
}
