'use client';

import type { ReactNode } from 'react';
import { Button, type ButtonProps } from './button.tsx';
import { Tooltip, type TooltipProps } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'aria-label' | 'size'> {
  /** Read aloud, and shown on hover and focus. */
  label: string;
  /** Shown beside the label in the tooltip, for example a key. */
  hint?: ReactNode;
  /** Where the tooltip stands; beside the button where something to press lies below it. */
  side?: TooltipProps['side'];
  children: ReactNode;
}

export function IconButton({ label, hint, side, look = 'ghost', children, ...rest }: IconButtonProps) {
  return (
    <Tooltip content={hint ? [label, hint] : label} {...(side === undefined ? {} : { side })}>
      <Button data-slot="icon-button" look={look} size="icon" aria-label={label} {...rest}>
        {children}
      </Button>
    </Tooltip>
  );
}
