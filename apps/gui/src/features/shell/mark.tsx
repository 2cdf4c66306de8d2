import type { ComponentProps } from 'react';
import { cn } from '../../ui/class-names.ts';

/** The product's mark: a fenced ground with one gate. */
export function Mark({ className, ...rest }: ComponentProps<'svg'>) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={24}
      height={24}
      aria-hidden
      className={cn('shrink-0 text-accent-text', className)}
      {...rest}
    >
      <path
        d="M4 9.5 12 4l8 5.5V20h-5.5v-5a2.5 2.5 0 0 0-5 0v5H4z"
        fill="none"
        stroke="currentColor"
        strokeWidth={2.2}
        strokeLinejoin="round"
      />
    </svg>
  );
}
