import { clsx } from 'clsx';
import type { LogProfile } from './log-profile.rules.ts';

interface Props {
  rail: LogProfile['rail'];
  /** A part of the way from the oldest shown row to the newest. */
  onPlace: (part: number) => void;
}

/** Where in all that is loaded something grave stands; for the pointer, beside `e` and `E`, which go from one to the next. */
export function SeverityRail({ rail, onPlace }: Props) {
  return (
    <div aria-hidden data-slot="severity-rail" className="flex w-2 shrink-0 flex-col border-s border-line bg-inset">
      {rail.map((grave, index) => (
        <div
          key={index}
          data-grave={grave === 'none' ? undefined : grave}
          onClick={() => onPlace((index + 0.5) / rail.length)}
          className={clsx(
            'min-h-px grow',
            grave === 'error' && 'bg-danger-dot',
            grave === 'warn' && 'bg-warning-dot',
            grave !== 'none' && 'cursor-pointer',
          )}
        />
      ))}
    </div>
  );
}
