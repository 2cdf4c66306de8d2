import { cva, type VariantProps } from 'class-variance-authority';
import { LoaderCircle } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

const buttonStyle = cva(
  'relative inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border text-sm font-medium whitespace-nowrap transition-colors duration-[120ms] select-none disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      look: {
        primary: 'border-transparent bg-accent text-accent-fg enabled:hover:brightness-110',
        secondary: 'border-line-strong bg-surface-1 text-fg hover:bg-surface-2 disabled:hover:bg-surface-1',
        ghost: 'border-transparent text-fg-2 hover:bg-surface-2 hover:text-fg disabled:hover:bg-transparent',
        danger: 'border-transparent bg-danger-solid text-on-solid enabled:hover:brightness-110',
      },
      size: {
        regular: 'h-control px-3',
        small: 'h-7 px-2 text-xs touch:h-11 touch:px-3',
        icon: 'size-control p-0',
      },
    },
    defaultVariants: { look: 'secondary', size: 'regular' },
  },
);

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonStyle> {
  /** Keeps the width and says that something is under way. */
  loading?: boolean;
  asChild?: boolean;
}

export function Button({ look, size, loading = false, asChild = false, className, children, ...rest }: ButtonProps) {
  const classes = cn(buttonStyle({ look, size }), className);
  if (asChild)
    return (
      <Slot.Root data-slot="button" className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  return (
    <button
      type="button"
      data-slot="button"
      aria-busy={loading || undefined}
      {...rest}
      disabled={rest.disabled === true || loading}
      className={classes}
    >
      {loading && <LoaderCircle aria-hidden className="absolute animate-spin" />}
      <span className={cn('inline-flex items-center gap-1.5', loading && 'opacity-0')}>{children}</span>
    </button>
  );
}
