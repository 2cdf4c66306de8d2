'use client';

import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';
import { useEarlyInput } from './early-input.ts';

const BOX =
  'w-full rounded-md border border-line-strong bg-surface-1 text-sm text-fg placeholder:text-fg-3 disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-danger-solid touch:text-lg';

export function Input({ className, ref, ...rest }: ComponentProps<'input'>) {
  const box = useEarlyInput(ref, rest);
  return <input ref={box} data-slot="input" className={cn(BOX, 'h-control px-2.5', className)} {...rest} />;
}

export function Textarea({ className, ref, ...rest }: ComponentProps<'textarea'>) {
  const box = useEarlyInput(ref, rest);
  return <textarea ref={box} data-slot="textarea" className={cn(BOX, 'min-h-32 px-2.5 py-2', className)} {...rest} />;
}

/** The browser's own select: every platform and every screen reader knows it. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <select data-slot="select" className={cn(BOX, 'h-control ps-2 pe-1', className)} {...rest}>
      {children}
    </select>
  );
}
