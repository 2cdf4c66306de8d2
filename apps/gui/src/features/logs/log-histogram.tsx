'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { type Bar, barAt, BARS, type LogProfile, spanOf } from './log-profile.rules.ts';
import type { LogPreferences } from './log-preferences.ts';
import { timeText } from './log-time.ts';
import type { Span } from './log-view.ts';

const HEIGHT_PX = 24;

interface Props {
  profile: LogProfile;
  time: LogPreferences['time'];
  onMoment: (at: string) => void;
  onSpan: (span: Span) => void;
}

/** What somebody is choosing, in the bars as they were when that began: new lines move them on. */
interface Choice {
  profile: LogProfile;
  from: number;
  to: number;
}

/** How much was written when, and how much of it is grave; a bar leads to its time, several are a span of time. */
export function LogHistogram({ profile: latest, time, onMoment, onSpan }: Props) {
  const t = useTranslations('logs.histogram');
  const [choice, setChoice] = useState<Choice | null>(null);
  const profile = choice?.profile ?? latest;
  const { bars, fromMs, stepMs } = profile;
  if (stepMs === 0) return null;
  const most = Math.max(...bars.map(({ all }) => all));
  const sum = (kind: keyof Bar, some = bars) => some.reduce((all, bar) => all + bar[kind], 0);
  const all = { all: sum('all'), warn: sum('warn'), error: sum('error') };
  const clock = (at: string) => timeText(at, time === 'utc' ? 'utc' : 'local').slice(0, 19);
  const choose = (from: number, to: number) => setChoice({ profile, from, to });
  const take = ({ profile: chosen, from, to }: Choice) => {
    setChoice(null);
    const span = spanOf(chosen, from, to);
    if (from !== to) onSpan(span);
    else if ((chosen.bars[from]?.all ?? 0) > 0) onMoment(span.to);
  };

  const pointedAt = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return barAt((event.clientX - left) / width);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const bar = pointedAt(event);
    choose(bar, bar);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (choice && event.currentTarget.hasPointerCapture(event.pointerId)) choose(choice.from, pointedAt(event));
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    if (choice && event.currentTarget.hasPointerCapture(event.pointerId)) take({ ...choice, to: pointedAt(event) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = choice?.to ?? BARS - 1;
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: BARS - 1 }[event.key];
    if (to !== undefined) {
      const next = Math.min(BARS - 1, Math.max(0, to));
      choose(event.shiftKey ? (choice?.from ?? at) : next, next);
    } else if (choice && event.key === 'Enter') take(choice);
    else if (choice && event.key === 'Escape') setChoice(null);
    else return;
    event.preventDefault();
  };

  const [first, last] = choice ? [Math.min(choice.from, choice.to), Math.max(choice.from, choice.to)] : [0, BARS - 1];
  const span = spanOf(profile, first, last);
  const value = t('value', {
    from: clock(span.from),
    to: clock(span.to),
    count: sum('all', bars.slice(first, last + 1)),
  });
  return (
    <div className="border-b border-line px-2 max-md:hidden">
      <div
        data-slot="log-histogram"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => setChoice(null)}
        className="relative cursor-crosshair touch-none select-none"
      >
        <div
          role="img"
          aria-label={t('label', all)}
          className="flex items-end gap-px pt-1"
          style={{ height: HEIGHT_PX + 4 }}
        >
          {bars.map((bar, index) => (
            <div
              key={index}
              title={`${clock(new Date(fromMs + index * stepMs).toISOString())} · ${t('bar', { ...bar })}`}
              data-all={bar.all}
              className="flex h-full grow flex-col justify-end hover:bg-surface-3"
            >
              <Part count={bar.all - bar.warn - bar.error} most={most} className="bg-fg-3/50" />
              <Part count={bar.warn} most={most} className="bg-warning-dot" />
              <Part count={bar.error} most={most} className="bg-danger-dot" />
            </div>
          ))}
        </div>
        <div
          role="slider"
          tabIndex={0}
          aria-label={t('choose')}
          aria-description={t('hint')}
          aria-valuemin={0}
          aria-valuemax={BARS - 1}
          aria-valuenow={choice?.to ?? BARS - 1}
          aria-valuetext={value}
          onKeyDown={onKeyDown}
          onBlur={() => setChoice(null)}
          className="pointer-events-none absolute inset-0 -outline-offset-2"
        >
          {choice && (
            <div
              data-slot="log-choice"
              className="absolute inset-y-0 border-x border-accent bg-accent/20"
              style={{ insetInlineStart: `${(first / BARS) * 100}%`, width: `${((last - first + 1) / BARS) * 100}%` }}
            />
          )}
        </div>
      </div>
    </div>
  );
}

/** A single grave line among thousands is still to be seen. */
function Part({ count, most, className }: { count: number; most: number; className: string }) {
  if (count <= 0) return null;
  return <div className={className} style={{ height: Math.max(2, (count / most) * HEIGHT_PX) }} />;
}
