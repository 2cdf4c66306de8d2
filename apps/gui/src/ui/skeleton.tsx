import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

/** The shape of what is coming; invisible for the first moment so that quick answers do not flicker. */
export function Skeleton({ className, ...rest }: ComponentProps<'div'>) {
  return (
    <div
      data-slot="skeleton"
      aria-hidden
      className={cn('h-4 animate-skeleton rounded-sm bg-surface-3', className)}
      {...rest}
    />
  );
}

/** Wraps a skeleton: appears after 150 ms and says once that something is loading. */
export function Loading({ label, className, children, ...rest }: ComponentProps<'div'> & { label: string }) {
  return (
    <div
      data-slot="loading"
      role="status"
      className={cn('animate-in delay-150 duration-[120ms] fill-mode-backwards fade-in-0', className)}
      {...rest}
    >
      <span className="sr-only">{label}</span>
      {children}
    </div>
  );
}
