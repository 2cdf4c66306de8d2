'use client';

import { type ComponentProps, useEffect, useRef } from 'react';
import { cn } from './class-names.ts';
import { useEarlyInput } from './early-input.ts';

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'ref'> {
  /** Some of what it stands for is chosen, not all. */
  mixed?: boolean;
}

export function Checkbox({ mixed = false, className, ...rest }: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = mixed;
  }, [mixed]);
  const early = useEarlyInput(box, rest);
  return (
    <input
      ref={early}
      type="checkbox"
      data-slot="checkbox"
      className={cn('size-4 shrink-0 rounded-sm accent-accent touch:size-6', className)}
      {...rest}
    />
  );
}
