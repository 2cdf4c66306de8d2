import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import type { LogPreferences } from './log-preferences.ts';
import { timeText } from './log-time.ts';
import type { Span } from './log-view.ts';

interface Props {
  span: Span;
  time: LogPreferences['time'];
  onClear: () => void;
}

/** That only a span of time is shown, and the way back to all of it. */
export function SpanNotice({ span, time, onClear }: Props) {
  const t = useTranslations('logs.span');
  const clock = (at: string) => timeText(at, time === 'utc' ? 'utc' : 'local');
  return (
    <div
      data-slot="log-span"
      className="flex flex-wrap items-center gap-x-3 border-b border-line px-3 py-1 text-xs text-fg-2 tabular-nums"
    >
      <span suppressHydrationWarning>{t('only', { from: clock(span.from), to: clock(span.to) })}</span>
      <Button size="small" look="ghost" onClick={onClear}>
        {t('clear')}
      </Button>
    </div>
  );
}
