'use client';

import { useTranslations } from 'next-intl';
import type { Bar, LogProfile } from './log-profile.rules.ts';
import type { LogPreferences } from './log-preferences.ts';
import { timeText } from './log-time.ts';

const HEIGHT_PX = 24;

interface Props {
  profile: LogProfile;
  time: LogPreferences['time'];
  onMoment: (at: string) => void;
}

/** How much was written when, and how much of it is grave; a bar leads to its time. */
export function LogHistogram({ profile: { bars, fromMs, stepMs }, time, onMoment }: Props) {
  const t = useTranslations('logs.histogram');
  if (stepMs === 0) return null;
  const most = Math.max(...bars.map(({ all }) => all));
  const sum = (kind: keyof Bar) => bars.reduce((all, bar) => all + bar[kind], 0);
  const label = t('label', { all: sum('all'), warn: sum('warn'), error: sum('error') });
  const momentOf = (index: number) => new Date(fromMs + (index + 1) * stepMs - 1).toISOString();
  return (
    <div
      role="img"
      aria-label={label}
      data-slot="log-histogram"
      className="flex items-end gap-px border-b border-line px-2 pt-1 max-md:hidden"
      style={{ height: HEIGHT_PX + 4 }}
    >
      {bars.map((bar, index) => (
        <div
          key={index}
          title={`${timeText(new Date(fromMs + index * stepMs).toISOString(), time === 'utc' ? 'utc' : 'local').slice(0, 19)} · ${t('bar', { ...bar })}`}
          data-all={bar.all}
          onClick={() => bar.all > 0 && onMoment(momentOf(index))}
          className="flex h-full grow cursor-pointer flex-col justify-end hover:bg-surface-3"
        >
          <Part count={bar.all - bar.warn - bar.error} most={most} className="bg-fg-3/50" />
          <Part count={bar.warn} most={most} className="bg-warning-dot" />
          <Part count={bar.error} most={most} className="bg-danger-dot" />
        </div>
      ))}
    </div>
  );
}

/** A single grave line among thousands is still to be seen. */
function Part({ count, most, className }: { count: number; most: number; className: string }) {
  if (count <= 0) return null;
  return <div className={className} style={{ height: Math.max(2, (count / most) * HEIGHT_PX) }} />;
}
