import type { ComponentProps } from 'react';

/** The product's mark: a fenced ground with one gate. */
export function Mark(props: ComponentProps<'svg'>) {
  return (
    <svg viewBox="0 0 24 24" width={24} height={24} aria-hidden className="shrink-0 text-accent-text" {...props}>
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
