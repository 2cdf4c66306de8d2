'use client';

import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';

/** Not modal: the page behind stays readable to screen readers and can be scrolled. */
export const Menu = (props: ComponentProps<typeof Radix.Root>) => <Radix.Root modal={false} {...props} />;
export const MenuTrigger = Radix.Trigger;

export function MenuContent({ className, align = 'end', ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        data-slot="menu"
        align={align}
        sideOffset={4}
        collisionPadding={8}
        className={cn(
          'z-50 max-h-[var(--radix-dropdown-menu-content-available-height)] min-w-44 animate-in overflow-y-auto rounded-lg border border-line bg-surface-1 p-1 shadow-pop fade-in-0',
          className,
        )}
        {...rest}
      />
    </Radix.Portal>
  );
}

const ITEM =
  'flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 text-sm text-fg outline-none select-none data-[disabled]:text-fg-3 data-[highlighted]:bg-surface-3 touch:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0';

export interface MenuItemProps extends ComponentProps<typeof Radix.Item> {
  look?: 'plain' | 'danger';
  /** Why it cannot be chosen; the entry stays readable and reachable. */
  reason?: string | null;
  /** Tells more about the reason; then the entry does that instead, and says so by `why`. */
  onWhy?: () => void;
  why?: string;
  hint?: ReactNode;
}

/** An entry that is a link: the one child is the link itself. */
export function MenuLink({ className, ...rest }: Omit<ComponentProps<typeof Radix.Item>, 'asChild'>) {
  return <Radix.Item data-slot="menu-item" asChild className={cn(ITEM, className)} {...rest} />;
}

export function MenuItem({
  look = 'plain',
  reason = null,
  onWhy,
  why,
  hint,
  className,
  children,
  onSelect,
  ...rest
}: MenuItemProps) {
  return (
    <Radix.Item
      data-slot="menu-item"
      className={cn(ITEM, look === 'danger' && 'text-danger', reason !== null && 'items-start text-fg-3', className)}
      {...(reason !== null && !onWhy ? { 'aria-disabled': true } : {})}
      onSelect={(event) => {
        if (reason === null) onSelect?.(event);
        else if (onWhy) onWhy();
        else event.preventDefault();
      }}
      {...rest}
    >
      {reason === null ? (
        children
      ) : (
        <span className="flex flex-col">
          <span className="flex items-center gap-2">{children}</span>
          <span className="max-w-60 text-xs text-fg-3">
            {reason} {onWhy && <span className="text-accent-text underline">{why}</span>}
          </span>
        </span>
      )}
      {hint !== undefined && <span className="ms-auto ps-4 text-xs text-fg-3">{hint}</span>}
    </Radix.Item>
  );
}

export function MenuLabel({ className, ...rest }: ComponentProps<typeof Radix.Label>) {
  return <Radix.Label data-slot="menu-label" className={cn('px-2 py-1 text-xs text-fg-3', className)} {...rest} />;
}

export function MenuLine({ className, ...rest }: ComponentProps<typeof Radix.Separator>) {
  return <Radix.Separator data-slot="menu-line" className={cn('my-1 h-px bg-line', className)} {...rest} />;
}
