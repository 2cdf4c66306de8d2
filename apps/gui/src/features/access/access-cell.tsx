'use client';

import { Check, Lock, type LucideIcon, Minus } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from '../../ui/class-names.ts';
import type { Cell, CellState, GroupState } from './access-matrix.rules.ts';

export type Sign = CellState | 'some' | 'locked';

/** A state is a sign, an edge and a fill: none of them alone. */
const LOOKS: Readonly<Record<Sign, { icon: LucideIcon | 'dot' | null; look: string }>> = {
  exception: { icon: Check, look: 'border-transparent bg-success-solid text-on-solid' },
  role: { icon: Check, look: 'border-success-dot bg-success-subtle text-success' },
  inherited: { icon: Check, look: 'border-dashed border-success-dot text-success' },
  denied: { icon: Minus, look: 'border-transparent bg-danger-solid text-on-solid' },
  withheld: { icon: Minus, look: 'border-dashed border-danger-dot text-danger' },
  varies: { icon: 'dot', look: 'border-dashed border-line-strong text-fg-2' },
  some: { icon: 'dot', look: 'border-line-strong text-fg' },
  none: { icon: null, look: 'border-line-strong' },
  locked: { icon: Lock, look: 'border-transparent text-fg-3' },
};

export function CellSign({ sign, className, ...rest }: Omit<ComponentProps<'span'>, 'children'> & { sign: Sign }) {
  const { icon: Icon, look } = LOOKS[sign];
  return (
    <span
      aria-hidden
      data-sign={sign}
      className={cn('inline-flex size-6 shrink-0 items-center justify-center rounded-sm border', look, className)}
      {...rest}
    >
      {Icon === 'dot' ? (
        <span className="size-2 rounded-full bg-current" />
      ) : (
        Icon && <Icon className={sign === 'locked' ? 'size-3.5' : 'size-4'} strokeWidth={2.5} />
      )}
    </span>
  );
}

const CHANGED = 'rounded-sm shadow-[0_0_0_2px_var(--surface-1),0_0_0_4px_var(--accent)]';
const BUTTON =
  'relative inline-flex size-6 align-middle items-center justify-center rounded-sm hover:brightness-110 aria-disabled:cursor-not-allowed touch:size-11';

interface CellButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  sign: Sign;
  changed: boolean;
  locked: boolean;
}

/** One right of one row; a press makes it the next of inherited, allowed and denied. */
export function CellButton({ sign, changed, locked, className, onClick, ...rest }: CellButtonProps) {
  return (
    <button
      type="button"
      data-slot="access-cell"
      data-changed={changed}
      aria-disabled={locked || undefined}
      onClick={locked ? undefined : onClick}
      className={cn(BUTTON, className)}
      {...rest}
    >
      <CellSign sign={sign} className={cn(changed && CHANGED, locked && sign !== 'locked' && 'opacity-80')} />
      {locked && sign !== 'locked' && (
        <Lock
          aria-hidden
          className="absolute -end-1 -bottom-1 size-3 rounded-full bg-surface-1 text-fg-3 touch:end-1 touch:bottom-1"
        />
      )}
    </button>
  );
}

export const signOf = ({ state, locked }: Cell): Sign => (locked && state === 'none' ? 'locked' : state);

export function signOfGroup({ look, locked, exceptions, of, setting }: GroupState): Sign {
  if (look === 'none') return locked ? 'locked' : exceptions === of && setting === 'deny' ? 'denied' : 'none';
  if (look === 'all') return exceptions === of && setting === 'allow' ? 'exception' : 'role';
  return look === 'varies' ? 'varies' : 'some';
}
