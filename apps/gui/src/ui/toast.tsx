'use client';

import { Toaster as Sonner, toast } from 'sonner';

export { toast };

/** At most three at once; errors stay until they are closed (`duration: Infinity` by whoever reports one). */
export function Toaster({ label }: { label: string }) {
  return (
    <Sonner
      visibleToasts={3}
      position="bottom-right"
      containerAriaLabel={label}
      closeButton
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-90 items-start gap-2 rounded-lg border border-line bg-surface-1 p-3 text-sm text-fg shadow-pop',
          title: 'font-medium',
          description: 'text-fg-2',
          success: '[&_[data-icon]]:text-success',
          error: '[&_[data-icon]]:text-danger',
          actionButton: 'ms-auto shrink-0 rounded-md border border-line-strong px-2 py-1 text-xs hover:bg-surface-2',
          closeButton:
            'order-last ms-auto inline-flex size-6 shrink-0 items-center justify-center rounded-md text-fg-3 hover:bg-surface-2 [&_svg]:size-3.5',
        },
      }}
    />
  );
}
