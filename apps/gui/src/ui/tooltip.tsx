'use client';

import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './class-names.ts';

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={300} skipDelayDuration={150}>
    {children}
  </Radix.Provider>
);

export interface TooltipProps {
  content: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
  className?: string;
  children: ReactNode;
}

/** More words for something that already has a name; dismissed by Escape, stays while pointed at. */
export function Tooltip({ content, side = 'bottom', className, children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          data-slot="tooltip"
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            'z-50 flex max-w-72 animate-in items-center gap-2 rounded-md border border-line bg-surface-3 px-2 py-1 text-xs text-fg shadow-pop fade-in-0',
            className,
          )}
        >
          {content}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export interface DisabledReasonProps {
  reason: string | null;
  /** A button that tells more of it; then that is what the Tab key reaches. */
  more?: ReactNode;
  children: ReactNode;
}

/** A control that cannot be used now but says why; focusable, so that the reason is reachable by keyboard and tap. */
export function DisabledReason({ reason, more, children }: DisabledReasonProps) {
  if (reason === null) return children;
  const control = (
    <Tooltip content={reason}>
      <span
        data-slot="disabled-reason"
        {...(more === undefined ? { tabIndex: 0 } : {})}
        role="group"
        aria-label={reason}
        className="inline-flex rounded-md"
      >
        {children}
      </span>
    </Tooltip>
  );
  if (more === undefined) return control;
  // What tells more opens something itself: the tooltip would lie on top of it.
  return (
    <span className="inline-flex">
      {control}
      {more}
    </span>
  );
}
