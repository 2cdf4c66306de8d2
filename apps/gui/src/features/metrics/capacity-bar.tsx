import { TriangleAlert } from 'lucide-react';
import { cn } from '../../ui/class-names.ts';

const NEAR = 80;
const FULL = 95;

interface Props {
  name: string;
  used: number;
  total: number;
  /** In words: how much of how much. */
  text: string;
}

/** How much of something is taken. What is nearly full changes its colour and says so by a sign as well. */
export function CapacityBar({ name, used, total, text }: Props) {
  const percent = total <= 0 ? 0 : Math.min(100, (used / total) * 100);
  const color = percent >= FULL ? 'bg-danger-solid' : percent >= NEAR ? 'bg-warning-solid' : 'bg-accent';
  return (
    <div data-slot="capacity" data-name={name} className="min-w-0">
      <div className="flex items-baseline gap-2 text-xs">
        <span className="text-fg-2">{name}</span>
        {percent >= NEAR && <TriangleAlert aria-hidden className="size-3 self-center text-warning" />}
        <span className="ms-auto truncate text-fg-3 tabular-nums">{text}</span>
      </div>
      <div
        role="meter"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(percent)}
        aria-valuetext={text}
        className="mt-1 h-1.5 overflow-hidden rounded-full bg-surface-3"
      >
        <div className={cn('h-full rounded-full', color)} style={{ inlineSize: `${percent}%` }} />
      </div>
    </div>
  );
}
