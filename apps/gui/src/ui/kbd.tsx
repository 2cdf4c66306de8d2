import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

/** Keys as they are written on the keyboard: `Ctrl k`, `g c`. */
export function Kbd({ keys, className, ...rest }: Omit<ComponentProps<'span'>, 'children'> & { keys: string }) {
  return (
    <span data-slot="kbd" className={cn('inline-flex gap-1', className)} {...rest}>
      {keys.split(' ').map((key) => (
        <kbd
          key={key}
          translate="no"
          className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line bg-surface-2 px-1 font-sans text-2xs text-fg-2"
        >
          {key.length === 1 ? key.toUpperCase() : key}
        </kbd>
      ))}
    </span>
  );
}
