'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';
import { useUiText } from './ui-text.tsx';

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;

// As high as what it lies under: of two dialogs the later dims the earlier.
const OVERLAY = 'fixed inset-0 z-50 animate-in bg-scrim fade-in-0';

export interface DialogContentProps extends Omit<ComponentProps<typeof Radix.Content>, 'title'> {
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, the safe one first. */
  footer?: ReactNode;
  /** A dialog that must be answered has no cross. */
  closable?: boolean;
}

export function DialogContent({
  title,
  description,
  footer,
  closable = true,
  className,
  children,
  ...rest
}: DialogContentProps) {
  const text = useUiText();
  return (
    <Radix.Portal>
      <Radix.Overlay className={OVERLAY} />
      <Radix.Content
        data-slot="dialog"
        {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        className={cn(
          'fixed start-1/2 top-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 -translate-y-1/2 animate-in flex-col rounded-xl border border-line bg-surface-1 shadow-modal outline-none fade-in-0 rtl:translate-x-1/2',
          className,
        )}
        {...rest}
      >
        <div className="flex items-start gap-3 px-5 pt-4 pb-2">
          <div className="min-w-0 grow">
            <Radix.Title className="text-lg font-semibold break-words">{title}</Radix.Title>
            {description !== undefined && (
              <Radix.Description className="mt-1 text-sm text-fg-2">{description}</Radix.Description>
            )}
          </div>
          {closable && <CloseButton label={text.close} />}
        </div>
        <div className="min-h-0 overflow-y-auto px-5 py-2">{children}</div>
        {footer !== undefined && (
          <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>
        )}
      </Radix.Content>
    </Radix.Portal>
  );
}

/** A panel at the edge: details beside a list, or a menu on a small screen. */
export function SheetContent({
  title,
  description,
  side = 'end',
  className,
  children,
  ...rest
}: Omit<ComponentProps<typeof Radix.Content>, 'title'> & {
  title: ReactNode;
  description?: ReactNode;
  side?: 'end' | 'bottom';
}) {
  const text = useUiText();
  return (
    <Radix.Portal>
      <Radix.Overlay className={OVERLAY} />
      <Radix.Content
        data-slot="sheet"
        {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        className={cn(
          'fixed z-50 flex animate-in flex-col border-line bg-surface-1 shadow-modal outline-none fade-in-0',
          side === 'end'
            ? 'inset-y-0 end-0 w-full max-w-[26.25rem] border-s'
            : 'inset-x-0 bottom-0 max-h-[85dvh] rounded-t-xl border-t',
          className,
        )}
        {...rest}
      >
        <div className="flex items-start gap-3 px-4 pt-3 pb-2">
          <div className="min-w-0 grow">
            <Radix.Title className="text-lg font-semibold break-words">{title}</Radix.Title>
            {description !== undefined && (
              <Radix.Description className="text-sm text-fg-2">{description}</Radix.Description>
            )}
          </div>
          <CloseButton label={text.close} />
        </div>
        <div className="min-h-0 grow overflow-y-auto px-4 pb-4">{children}</div>
      </Radix.Content>
    </Radix.Portal>
  );
}

function CloseButton({ label }: { label: string }) {
  return (
    <Radix.Close
      aria-label={label}
      className="-me-1 inline-flex size-8 shrink-0 items-center justify-center rounded-md text-fg-3 hover:bg-surface-2 hover:text-fg touch:size-11"
    >
      <X aria-hidden className="size-4" />
    </Radix.Close>
  );
}
