import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

export interface ProgressProps extends Omit<ComponentProps<'div'>, 'children'> {
  /** 0 to 100; null where the length of the work is not known. */
  percent: number | null;
  label: string;
}

export function Progress({ percent, label, className, ...rest }: ProgressProps) {
  return (
    <div
      data-slot="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { 'aria-valuenow': Math.round(percent) })}
      className={cn('h-1.5 w-full overflow-hidden rounded-full bg-surface-3', className)}
      {...rest}
    >
      <div
        className={cn(
          'h-full rounded-full bg-progress-solid transition-[width] duration-200 ease-linear',
          percent === null && 'w-1/3 animate-skeleton',
        )}
        {...(percent === null ? {} : { style: { width: `${Math.min(100, Math.max(0, percent))}%` } })}
      />
    </div>
  );
}
