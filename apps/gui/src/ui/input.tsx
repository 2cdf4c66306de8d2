import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

const BOX =
  'w-full rounded-md border border-line-strong bg-surface-1 text-sm text-fg placeholder:text-fg-3 disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-danger-solid touch:text-lg';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input data-slot="input" className={cn(BOX, 'h-control px-2.5', className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea data-slot="textarea" className={cn(BOX, 'min-h-32 px-2.5 py-2', className)} {...rest} />;
}

/** The browser's own select: every platform and every screen reader knows it. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <select data-slot="select" className={cn(BOX, 'h-control ps-2 pe-1', className)} {...rest}>
      {children}
    </select>
  );
}
