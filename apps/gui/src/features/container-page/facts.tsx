import type { ComponentProps, ReactNode } from 'react';
import { Card, CardTitle } from '../../ui/card.tsx';
import { cn } from '../../ui/class-names.ts';

/** A titled group of facts. */
export function FactCard({ title, className, children, ...rest }: ComponentProps<'section'> & { title: string }) {
  return (
    <Card aria-label={title} className={cn('min-w-0', className)} {...rest}>
      <CardTitle className="mb-3">{title}</CardTitle>
      {children}
    </Card>
  );
}

export function Facts({ className, ...rest }: ComponentProps<'dl'>) {
  return (
    <dl
      className={cn('grid grid-cols-[minmax(6rem,auto)_minmax(0,1fr)] items-baseline gap-x-4 gap-y-1.5', className)}
      {...rest}
    />
  );
}

export function Fact({ name, code = false, children }: { name: string; code?: boolean; children: ReactNode }) {
  return (
    <>
      <dt className="text-fg-3">{name}</dt>
      <dd
        {...(code ? { translate: 'no' as const } : {})}
        className={cn('min-w-0 break-words', code && 'font-mono text-xs break-all')}
      >
        {children}
      </dd>
    </>
  );
}
