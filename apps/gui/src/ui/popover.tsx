'use client';

import { Popover as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;
export const PopoverAnchor = Radix.Anchor;

/** Something to read and press beside what it is about; Escape closes it and gives the focus back. */
export function PopoverContent({
  className,
  ...rest
}: ComponentProps<typeof Radix.Content> & { 'aria-label': string }) {
  return (
    <Radix.Portal>
      <Radix.Content
        data-slot="popover"
        sideOffset={6}
        collisionPadding={8}
        className={cn(
          'z-50 max-h-[min(34rem,var(--radix-popover-content-available-height))] w-[min(26rem,calc(100vw-1rem))] animate-in overflow-y-auto rounded-xl border border-line bg-surface-1 p-4 text-sm shadow-modal outline-none fade-in-0',
          className,
        )}
        {...rest}
      />
    </Radix.Portal>
  );
}
