import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

export function Card({ className, ...rest }: ComponentProps<'section'>) {
  return (
    <section data-slot="card" className={cn('rounded-lg border border-line bg-surface-1 p-4', className)} {...rest} />
  );
}

export function CardTitle({ className, children, ...rest }: ComponentProps<'h2'>) {
  return (
    <h2 data-slot="card-title" className={cn('text-md font-semibold', className)} {...rest}>
      {children}
    </h2>
  );
}
