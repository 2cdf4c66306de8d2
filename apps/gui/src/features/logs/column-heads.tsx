import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { CELL, SOURCE } from './log-line.tsx';
import type { LogPreferences } from './log-preferences.ts';
import { timeText } from './log-time.ts';

export const COLUMN_HEADS_PX = 24;
const SOME_TIME = '2026-01-01T00:00:00.000000000Z';

interface Props {
  columns: readonly string[];
  time: LogPreferences['time'];
  hasSources: boolean;
  /** It is no column any more. */
  onColumn: (path: string) => void;
}

/** Above the lines, as wide as what stands in them. */
export function ColumnHeads({ columns, time, hasSources, onColumn }: Props) {
  const t = useTranslations('logs.columns');
  const width = timeText(SOME_TIME, time, { nowMs: Date.parse(SOME_TIME), before: null });
  return (
    <div
      role="group"
      aria-label={t('label')}
      data-slot="log-columns"
      className="sticky top-0 z-10 flex w-max min-w-full items-center gap-2 border-s-2 border-transparent bg-surface-2 ps-1.5 pe-3 text-fg-2"
      style={{ height: COLUMN_HEADS_PX }}
    >
      {width !== '' && (
        <span aria-hidden className="invisible shrink-0 whitespace-pre">
          {width}
        </span>
      )}
      {hasSources && <span aria-hidden className={SOURCE} />}
      <span aria-hidden className="w-[1ch] shrink-0" />
      {columns.map((path) => (
        <span key={path} className={`flex items-center ${CELL}`}>
          <span translate="no" title={path} className="truncate font-semibold">
            {path}
          </span>
          <button
            type="button"
            aria-label={t('remove', { name: path })}
            title={t('remove', { name: path })}
            onClick={() => onColumn(path)}
            className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm hover:bg-surface-3 hover:text-fg"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        </span>
      ))}
    </div>
  );
}
